package main

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/bottest"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// asks is who answers a question of the shop as it stands now: the calls that each server gets.
func (p *program) asks(t *testing.T, servers ...*bottest.Server) (calls []int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	shop, err := p.base.Shop(ctx, p.shop.ID)
	if err != nil {
		t.Fatal(err)
	}
	shop.Settings.AnswerAbove = 0.9999 // nothing is sure enough to do without the model
	before := make([]int, len(servers))
	for i, s := range servers {
		before[i] = len(s.Requests())
	}
	question := bot.Question{Turns: []triage.Turn{{Role: "shopper", Text: "discount codes, more than one, and what about the members' price on top?"}}}
	if _, err := p.responder.Compose(ctx, shop, question, nil); err != nil {
		t.Fatal(err)
	}
	for i, s := range servers {
		calls = append(calls, len(s.Requests())-before[i])
	}
	return calls
}

func TestAShopsOwnModelIsInForceFromTheNextQuestionOn(t *testing.T) {
	t.Parallel()
	answer := bottest.Always(bottest.Answer{Text: `{"ok": true, "text": "Hello!", "articles": [], "sure": false, "handover": false}`})
	installation, own := bottest.Serve(answer), bottest.Serve(answer)
	t.Cleanup(installation.Close)
	t.Cleanup(own.Close)
	p := boot(t, func(c *Config) { c.OpenAIBaseURL, c.OpenAIKey, c.Model = installation.URL, "sk-installation", "house" })
	v := p.admin(t)
	if got := p.asks(t, installation, own); got[0] == 0 || got[1] != 0 {
		t.Fatalf("before: %v calls", got)
	}
	body := v.sent("/admin/model", url.Values{"choice": {"own"}, "model_name": {"boutique"}, "base_url": {own.URL}, "key": {"sk-of-the-shop"}})
	if !strings.Contains(body, "The model answered in") || !strings.Contains(body, "boutique") {
		t.Error("the new model was not checked, or is not shown")
	}
	if got := p.asks(t, installation, own); got[0] != 0 || got[1] == 0 {
		t.Errorf("with a model of its own: %v calls", got)
	}
	last := own.Requests()[len(own.Requests())-1]
	if last.Model != "boutique" || last.Key != "sk-of-the-shop" {
		t.Errorf("it was asked as %+v", last)
	}
	v.sent("/admin/model", url.Values{"choice": {"none"}})
	if got := p.asks(t, installation, own); got[0] != 0 || got[1] != 0 {
		t.Errorf("without a model: %v calls", got)
	}
	v.sent("/admin/model", url.Values{"choice": {"installation"}})
	if got := p.asks(t, installation, own); got[0] == 0 || got[1] != 0 {
		t.Errorf("back: %v calls", got)
	}
	own.Follow(bottest.Always(bottest.Answer{Status: 401}))
	if body := v.sent("/admin/model", url.Values{"choice": {"own"}, "model_name": {"boutique"}, "base_url": {own.URL}, "key": {"sk-wrong"}}); !strings.Contains(body, "did not answer properly") {
		t.Error("a model that refuses the key passed its check")
	}
	p.audited(t, "model.set", p.shop.Slug)
}

func TestAModelsKeyIsTakenAndNeverShownNorSentElsewhere(t *testing.T) {
	t.Parallel()
	own, other := bottest.Serve(bottest.Always(bottest.Answer{Text: `{"ok": true}`})), bottest.Serve(bottest.Always(bottest.Answer{Text: `{"ok": true}`}))
	t.Cleanup(own.Close)
	t.Cleanup(other.Close)
	p := boot(t)
	v := p.admin(t)
	const key = "sk-very-own-secret"
	form := url.Values{"choice": {"own"}, "model_name": {"boutique"}, "base_url": {own.URL}, "key": {key}}
	v.sent("/admin/model", form)
	form.Set("key", "") // not typed again: it stays
	v.sent("/admin/model", form)
	if requests := own.Requests(); len(requests) != 2 || requests[1].Key != key {
		t.Errorf("asked with %+v", requests)
	}
	for _, path := range settingsPages {
		if strings.Contains(v.page("/admin"+path), key) {
			t.Errorf("/admin%s tells the key", path)
		}
	}
	if entry := p.audited(t, "model.set", p.shop.Slug); strings.Contains(strings.TrimSpace(entry.Subject), key) || entry.Detail["key"] != true {
		t.Errorf("the audit log says %+v", entry)
	}
	form.Set("base_url", other.URL) // another address: the key is not for it
	v.sent("/admin/model", form)
	if requests := other.Requests(); len(requests) != 1 || requests[0].Key == key {
		t.Errorf("the key went to another address: %+v", requests)
	}
	shop, err := p.base.Shop(context.Background(), p.shop.ID)
	if err != nil || shop.Settings.Model.Key != "" {
		t.Errorf("the key of the old address is kept: %v (%v)", shop.Settings.Model, err)
	}
	v.refusedForm("/admin/model", url.Values{"choice": {"own"}, "model_name": {"boutique"}}, "key")
	v.refusedForm("/admin/model", url.Values{"choice": {"own"}, "base_url": {own.URL}}, "model_name")
	v.refusedForm("/admin/model", url.Values{"choice": {"theirs"}}, "choice")
}

func TestAModelsAddressLeadsIntoNoPrivateNetwork(t *testing.T) {
	t.Parallel()
	own := bottest.Serve(bottest.Always(bottest.Answer{Text: `{"ok": true}`}))
	t.Cleanup(own.Close)
	p := boot(t, func(c *Config) { c.AllowPrivate = nil })
	v := p.admin(t)
	for _, address := range []string{own.URL, "ftp://models.example/v1", "http://models.example/v1", "https://user:pass@models.example/v1", "https://models.example:22/v1"} {
		v.refusedForm("/admin/model", url.Values{"choice": {"own"}, "model_name": {"m"}, "base_url": {address}, "key": {"k"}}, "base_url")
	}
	if body := v.sent("/admin/model", url.Values{"choice": {"own"}, "model_name": {"m"}, "base_url": {"https://localhost:8443/v1"}, "key": {"k"}}); !strings.Contains(body, "did not answer properly") {
		t.Error("a name that leads to this machine passed the check")
	}
	shop := p.shop
	shop.Settings.Model = knowledge.ModelSettings{Name: "m", BaseURL: own.URL} // as if it had been stored some other way
	if err := bot.CheckModel(context.Background(), p.config.endpointOf(shop, p.log)); err == nil || len(own.Requests()) != 0 {
		t.Errorf("a private address was asked: %v", err)
	}
}
