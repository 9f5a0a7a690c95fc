package admin

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"
	"frontdesk/cmd/internal/signin"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// channelsPage is the list of ways in and out, with a form for another.
type channelsPage struct {
	Once     *once
	List     []channelRow
	Dead     []deadLetter
	Name     string
	Kind     string
	ReplyURL string
	Problems problems
}

// channelRow is a channel without its secrets.
type channelRow struct {
	ID       uuid.UUID
	Name     string
	Kind     string
	Mode     string
	ReplyURL string
	Secrets  int
	Traffic  conversation.Traffic
	Address  string // where a webhook is posted to
}

type deadLetter struct {
	ID           uuid.UUID
	Channel      string
	Type         string // in words
	Error        string
	At           time.Time
	Conversation uuid.UUID
}

const (
	maxDead    = 50
	trafficFor = 30 // days
)

func (f *Face) channels(c echo.Context) error {
	return f.showChannels(c, &channelsPage{Once: f.take(c), Kind: channel.KindWebhook, Problems: problems{}})
}

func (f *Face) showChannels(c echo.Context, page *channelsPage) error {
	ctx, shop := c.Request().Context(), signin.Shop(c)
	list, err := f.Channels.List(ctx, shop.ID)
	if err != nil {
		return err
	}
	from, to := span(shop, trafficFor)
	traffic, err := f.Store.Traffic(ctx, shop.ID, from, to)
	if err != nil {
		return err
	}
	names := map[uuid.UUID]string{}
	for _, ch := range list {
		names[ch.ID] = ch.Name
		page.List = append(page.List, f.row(c, ch, traffic[ch.ID]))
	}
	dead, err := f.Store.Deliveries(ctx, shop.ID, "dead", maxDead)
	if err != nil {
		return err
	}
	for _, d := range dead {
		page.Dead = append(page.Dead, deadLetter{d.ID, names[d.ChannelID], worded(c, "inbox.event.", d.Type), undelivered(c, d.LastError), d.CreatedAt.In(shop.Location()), d.ConversationID})
	}
	return c.Render(page.Problems.status(), "admin/channels", page)
}

var answered = regexp.MustCompile(`^the receiver answered (\d{3})$`)

// undelivered puts what kept an event from its receiver into words; what has none stays as it was noted.
func undelivered(c echo.Context, why string) string {
	switch status := answered.FindStringSubmatch(why); {
	case status != nil:
		return text(c, "admin.dead.status", "N", status[1])
	case why == webhook.ErrGone.Error():
		return text(c, "admin.dead.gone")
	case strings.Contains(why, webhook.ErrPrivate.Error()):
		return text(c, "admin.dead.private")
	case strings.Contains(why, "deadline exceeded") || strings.Contains(why, "Timeout"):
		return text(c, "admin.dead.slow")
	case strings.Contains(why, "connection refused") || strings.Contains(why, "no such host") || strings.Contains(why, "EOF"):
		return text(c, "admin.dead.unreachable")
	}
	return why
}

func (f *Face) row(c echo.Context, ch channel.Channel, traffic conversation.Traffic) channelRow {
	row := channelRow{ID: ch.ID, Name: ch.Name, Kind: ch.Kind, Mode: ch.Mode, ReplyURL: ch.ReplyURL, Secrets: len(ch.Secrets), Traffic: traffic}
	if ch.Kind == channel.KindWebhook {
		row.Address = f.Public + "/webhooks/" + signin.Shop(c).Slug + "/" + ch.Name
	}
	return row
}

func (f *Face) addChannel(c echo.Context) error {
	page := &channelsPage{Name: field(c, "name"), Kind: field(c, "kind"), ReplyURL: field(c, "reply_url"), Problems: problems{}}
	page.Problems.add(!oneOf(page.Kind, channel.KindWebhook, channel.KindWidget), "kind", "choice")
	page.Problems.add(f.badReplyURL(page.ReplyURL), "reply_url", "url")
	if len(page.Problems) > 0 {
		return f.showChannels(c, page)
	}
	add := channel.Channel{ShopID: signin.Shop(c).ID, Name: page.Name, Kind: page.Kind}
	if add.Kind == channel.KindWebhook {
		add.ReplyURL = page.ReplyURL
	}
	ch, err := f.Channels.Add(c.Request().Context(), add)
	page.Problems.add(errors.Is(err, channel.ErrExists), "name", "exists")
	page.Problems.add(errors.Is(err, channel.ErrInvalid), "name", "slug")
	if len(page.Problems) > 0 {
		return f.showChannels(c, page)
	}
	if err != nil {
		return err
	}
	if len(ch.Secrets) > 0 {
		if err := f.keep(c, once{Text: "admin.once.secret", Name: ch.Name, Secret: ch.Secrets[0]}); err != nil {
			return err
		}
	}
	return f.done(c, "/admin/channels/"+ch.ID.String(), "channel.add", ch.Name, map[string]any{"kind": ch.Kind, "host": host(ch.ReplyURL)})
}

// channelPage is one channel's settings, as typed.
type channelPage struct {
	Once *once
	channelRow
	Problems problems
}

func (f *Face) channel(c echo.Context) error {
	ch, err := f.theChannel(c)
	if err != nil {
		return err
	}
	return f.showChannel(c, ch, problems{})
}

func (f *Face) showChannel(c echo.Context, ch channel.Channel, p problems) error {
	from, to := span(signin.Shop(c), trafficFor)
	traffic, err := f.Store.Traffic(c.Request().Context(), ch.ShopID, from, to)
	if err != nil {
		return err
	}
	return c.Render(p.status(), "admin/channel", &channelPage{Once: f.take(c), channelRow: f.row(c, ch, traffic[ch.ID]), Problems: p})
}

func (f *Face) theChannel(c echo.Context) (channel.Channel, error) {
	channelID, err := id(c, "channel")
	if err != nil {
		return channel.Channel{}, err
	}
	return f.Channels.ByID(c.Request().Context(), signin.Shop(c).ID, channelID)
}

func (f *Face) saveChannel(c echo.Context) error {
	ch, err := f.theChannel(c)
	if err != nil {
		return err
	}
	was := ch.Mode
	p := problems{}
	ch.Mode = field(c, "mode")
	p.add(!oneOf(ch.Mode, channel.ModeAuto, channel.ModeAssist, channel.ModeOff), "mode", "choice")
	if ch.Kind == channel.KindWebhook {
		ch.ReplyURL = field(c, "reply_url")
		p.add(f.badReplyURL(ch.ReplyURL), "reply_url", "url")
	}
	if len(p) > 0 {
		return f.showChannel(c, ch, p)
	}
	if err := f.Channels.Update(c.Request().Context(), ch); err != nil {
		return err
	}
	return f.done(c, here(ch), "channel.save", ch.Name, map[string]any{"mode_before": was, "mode": ch.Mode, "host": host(ch.ReplyURL)})
}

func (f *Face) rotate(c echo.Context) error {
	ch, err := f.theChannel(c)
	if err != nil {
		return err
	}
	secret, err := f.Channels.Rotate(c.Request().Context(), ch.ShopID, ch.ID)
	if err != nil {
		return err
	}
	if err := f.keep(c, once{Text: "admin.once.rotated", Name: ch.Name, Secret: secret}); err != nil {
		return err
	}
	return f.done(c, here(ch), "channel.rotate", ch.Name, nil)
}

func (f *Face) sendAgain(c echo.Context) error {
	delivery, err := id(c, "delivery")
	if err != nil {
		return err
	}
	if err := f.Store.SendAgain(c.Request().Context(), signin.Shop(c).ID, delivery); err != nil {
		return err
	}
	return f.done(c, "/admin/channels#dead", "delivery.again", delivery.String(), nil)
}

func here(ch channel.Channel) string { return "/admin/channels/" + ch.ID.String() }

func (f *Face) badReplyURL(raw string) bool {
	return raw != "" && (len(raw) > maxURL || f.Sender.CheckURL(raw) != nil)
}

// host is as much of an address as the audit log keeps: the rest may hold a token.
func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Host
}
