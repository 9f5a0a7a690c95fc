package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge/knowledgetest"
)

var crashTrials = flag.Int("crash-trials", 20, "how often the serving process is killed")

// The serving process is killed at random instants. What it acknowledged is there, nothing is answered twice, and every
// turn is answered within 75 seconds of the last kill.
func TestKilledServersLoseNothingAndAnswerEverythingOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := knowledgetest.URL(t, conversation.Migrate, handoff.Migrate, seeded)
	keeper := bootOn(t, url) // stopped below: only killed processes serve
	s := keeper.shopSystem(t, "crash")
	keeper.stop()
	pool, err := openPool(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	acknowledged := 0
	for trial := range *crashTrials {
		server := startServer(t, url)
		s.p = &program{url: server.url}
		killAt := time.Now().Add(time.Duration(rand.IntN(2500)) * time.Millisecond)
		for m := 0; m < 30 && time.Now().Before(killAt); m++ { // what is heard is to be answered in time, slow as the race detector makes it
			status, _, err := s.tryPost(messageBody(fmt.Sprintf("k-%d-%d", trial, m), "m-1", "Can I combine two discount codes?"))
			if err == nil && status == http.StatusAccepted {
				acknowledged++
			}
		}
		time.Sleep(time.Until(killAt))
		server.kill(t)
	}
	last := startServer(t, url)
	defer last.kill(t)
	count := func(sql string) (n int) {
		if err := pool.QueryRow(ctx, sql).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(`select count(*) from messages where author = 'shopper'`); n < acknowledged {
		t.Errorf("%d messages were acknowledged, %d are there", acknowledged, n)
	}
	began := time.Now()
	waitFor(t, 150*time.Second, "every turn to be answered", func() bool {
		return count(`select count(*) from conversations where answered_seq < heard_seq and holder = 'bot'`) == 0
	})
	t.Logf("%d kills, %d messages; the last turn was answered %s after the last start", *crashTrials, acknowledged, time.Since(began).Round(time.Second))
	if n := count(`select count(*) from (select 1 from messages where author = 'bot' group by conversation_id having count(*) > 1) x`); n != 0 {
		t.Errorf("%d conversations were answered twice", n)
	}
	if n := count(`select count(*) from conversations where holder = 'bot' and not exists (select from messages m where m.conversation_id = conversations.conversation_id and author = 'bot')`); n != 0 {
		t.Errorf("%d conversations have no answer", n)
	}
	waitFor(t, 150*time.Second, "every reply to be delivered", func() bool { return count(`select count(*) from deliveries where state = 'pending'`) == 0 })
	twice := 0
	s.mu.Lock()
	defer s.mu.Unlock()
	said := map[string]string{}
	for _, e := range s.events {
		if e.Type == "message.created" && said[e.Data.Message] != "" && said[e.Data.Message] != e.ID {
			twice++
		}
		said[e.Data.Message] = e.ID
	}
	if twice > 0 {
		t.Errorf("%d replies came under two webhook ids", twice)
	}
}

// asProgram is set for a process that is to be the program, not its tests.
const asProgram = "FRONTDESK_TEST_AS_PROGRAM"

// separate is the program in a process of its own, for tests that end it as no test can end itself. It is the program of the tests
// over again: nothing is built twice, and the race detector watches it, too.
func separate(t *testing.T, databaseURL string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1", "DATABASE_URL="+databaseURL)
	return cmd
}

type killable struct {
	cmd *exec.Cmd
	url string
}

func startServer(t *testing.T, url string) *killable {
	t.Helper()
	port := freePort(t)
	cmd := separate(t, url, "serve")
	cmd.Env = append(cmd.Env, "FRONTDESK_LISTEN="+port, "FRONTDESK_ALLOW_PRIVATE=127.0.0.1", "FRONTDESK_LOG_LEVEL=error")
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(errs)
	for lines.Scan() {
		if strings.Contains(lines.Text(), "serves") {
			go func() {
				for lines.Scan() {
				}
			}()
			return &killable{cmd, "http://" + port}
		}
		t.Log(lines.Text())
	}
	t.Fatal("the server did not start")
	return nil
}

func (k *killable) kill(t *testing.T) {
	t.Helper()
	if err := k.cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = k.cmd.Wait() // "signal: killed" is what was asked for
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
