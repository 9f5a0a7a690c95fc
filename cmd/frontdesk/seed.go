package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/demo"

	"github.com/jackc/pgx/v5"
)

// seed makes the demo shop, its articles and its people where they are missing. What is there stays as it is.
func (a *app) seed(ctx context.Context, progress io.Writer) (knowledge.Shop, error) {
	shop, err := a.base.ShopBySlug(ctx, demo.Slug)
	if errors.Is(err, knowledge.ErrNotFound) {
		fmt.Fprintln(progress, "Making the demo shop…")
		shop, err = a.seedShop(ctx)
	}
	if err != nil {
		return shop, err
	}
	articles, _, err := a.base.List(ctx, shop.ID, knowledge.Filter{Limit: 1})
	if err != nil {
		return shop, err
	}
	if len(articles) == 0 {
		if err := a.importAll(ctx, shop, demo.Articles(time.Now(), shop.Location()), progress); err != nil {
			return shop, err
		}
	}
	for _, d := range demoStaff {
		p := d.person
		p.ShopID = shop.ID
		if _, err := a.staff.Add(ctx, p); err != nil && !errors.Is(err, staff.ErrExists) {
			return shop, err
		}
	}
	return shop, nil
}

// demoAnswerAbove is the demo shop's own choice, made on the tuning half of its exam: its articles have several phrasings in
// each language, so a confidence of this much is right nine times out of ten, and the product's default would ask back.
const demoAnswerAbove = 0.6

// demoAskAbove is likewise its own: where the first three answers together are this likely, one of them mostly is right.
const demoAskAbove = 0.2

func (a *app) seedShop(ctx context.Context) (knowledge.Shop, error) {
	return a.addShop(ctx, knowledge.Shop{
		Slug: demo.Slug, Name: demo.NameEN, Locale: demo.DefaultLocale, TimeZone: demo.TimeZone, Settings: knowledge.Settings{Names: demo.Names(), AnswerAbove: demoAnswerAbove, AskAbove: demoAskAbove},
	}, func(tx pgx.Tx, shop knowledge.Shop) error {
		if _, err := a.channels.AddTx(ctx, tx, channel.Channel{ShopID: shop.ID, Name: "webhook", Kind: channel.KindWebhook}); err != nil {
			return err
		}
		return a.desk.SetHoursTx(ctx, tx, shop.ID, demoShifts())
	})
}

// demoShifts are the hours that the demo shop's article on contact promises: 9:00 to 22:00 every day, in its own zone.
func demoShifts() []handoff.Shift {
	var shifts []handoff.Shift
	for day := time.Sunday; day <= time.Saturday; day++ {
		shifts = append(shifts, handoff.Shift{Weekday: day, Opens: 9 * 60, Closes: 22 * 60})
	}
	return shifts
}
