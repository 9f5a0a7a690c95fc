package storefront

import (
	"context"
	"fmt"
	"sync"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/knowledge"
)

// door is a way into a shop: one of its channels.
type door struct {
	shop    knowledge.Shop
	channel channel.Channel
}

// doorKept is how long a look-up is good for. A webhook would otherwise read two rows before it writes; a rotated
// secret, a new mode or a changed origin is in force within this time.
const doorKept = time.Second

// doors finds shops and channels, and remembers what it found for a moment.
type doors struct {
	base     *knowledge.Base
	channels *channel.Store
	mu       sync.Mutex
	known    map[string]keptDoor
}

type keptDoor struct {
	door
	until time.Time
}

func newDoors(base *knowledge.Base, channels *channel.Store) *doors {
	return &doors{base: base, channels: channels, known: map[string]keptDoor{}}
}

// webhook returns the shop's channel of this name, or ErrNotFound of knowledge or channel.
func (d *doors) webhook(ctx context.Context, slug, name string) (door, error) {
	return d.find("w\x00"+slug+"\x00"+name, func() (found door, err error) {
		if found.shop, err = d.base.ShopBySlug(ctx, slug); err != nil {
			return found, err
		}
		found.channel, err = d.channels.ByName(ctx, found.shop.ID, name)
		if err == nil && found.channel.Kind != channel.KindWebhook {
			err = fmt.Errorf("channel %q is no webhook: %w", name, channel.ErrNotFound)
		}
		return found, err
	})
}

// widget returns the shop of this public key with its widget channel.
func (d *doors) widget(ctx context.Context, key string) (door, error) {
	return d.find("k\x00"+key, func() (found door, err error) {
		if found.shop, err = d.base.ShopByKey(ctx, key); err != nil {
			return found, err
		}
		all, err := d.channels.List(ctx, found.shop.ID)
		if err != nil {
			return found, err
		}
		for _, ch := range all {
			if ch.Kind == channel.KindWidget {
				found.channel = ch
				return found, nil
			}
		}
		return found, fmt.Errorf("shop %s has no widget: %w", found.shop.Slug, channel.ErrNotFound)
	})
}

// find asks the database at most once in doorKept for what exists; what does not exist is asked for each time.
func (d *doors) find(key string, ask func() (door, error)) (door, error) {
	now := time.Now()
	d.mu.Lock()
	kept, ok := d.known[key]
	d.mu.Unlock()
	if ok && now.Before(kept.until) {
		return kept.door, nil
	}
	found, err := ask()
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil {
		delete(d.known, key)
		return found, err
	}
	d.known[key] = keptDoor{found, now.Add(doorKept)}
	return found, nil
}
