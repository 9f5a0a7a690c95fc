package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"unicode/utf8"
)

const maxLine = 4 << 20 // bytes of one JSON line

// failedLine is what a bad line becomes; the rest goes on.
type failedLine struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Line  int             `json:"line"`
	Error string          `json:"error"`
}

var errLineTooLong = errors.New("the line is too long")

// inOrder is an answer that is finished when those before it are.
type inOrder func() any

// eachLine answers JSON Lines with JSON Lines: lines are worked on side by side, answers come in their order.
func eachLine(ctx context.Context, in io.Reader, out io.Writer, answer func(ctx context.Context, line []byte) (any, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	slots := make(chan chan any, 4*runtime.GOMAXPROCS(0))
	var work sync.WaitGroup
	busy := make(chan struct{}, 2*runtime.GOMAXPROCS(0))
	var readErr error
	go func() {
		defer close(slots)
		readErr = readLines(in, func(number int, line []byte, err error) bool {
			slot := make(chan any, 1)
			select {
			case slots <- slot:
			case <-ctx.Done():
				return false
			}
			busy <- struct{}{}
			work.Go(func() {
				defer func() { <-busy }()
				slot <- answerLine(ctx, number, line, err, answer)
			})
			return true
		})
	}()
	w := bufio.NewWriter(out)
	var writeErr error
	for slot := range slots {
		if _, err := w.Write(written(<-slot)); err != nil && writeErr == nil {
			writeErr = err
			cancel()
		}
		if len(slots) == 0 && writeErr == nil {
			writeErr = w.Flush()
		}
	}
	work.Wait()
	if writeErr == nil {
		writeErr = w.Flush()
	}
	return errors.Join(writeErr, readErr, ctx.Err())
}

func answerLine(ctx context.Context, number int, line []byte, err error, answer func(context.Context, []byte) (any, error)) any {
	var got any
	if err == nil {
		got, err = answer(ctx, line)
	}
	if err != nil {
		var id struct {
			ID json.RawMessage `json:"id"`
		}
		_ = json.Unmarshal(line, &id) // a line without a readable id has none
		got = failedLine{ID: id.ID, Line: number, Error: err.Error()}
	}
	return got
}

func written(answer any) []byte {
	if finish, ok := answer.(inOrder); ok {
		answer = finish()
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		raw = []byte(`{"error":"the answer cannot be written"}`)
	}
	return append(raw, '\n')
}

// readLines gives every non-empty line to each until it says stop. A line over maxLine comes as an error.
func readLines(in io.Reader, each func(number int, line []byte, err error) bool) error {
	r := bufio.NewReaderSize(in, 64<<10)
	for number := 1; ; number++ {
		line, tooLong, err := readLine(r)
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 || tooLong {
			var bad error
			if tooLong {
				trimmed, bad = nil, errLineTooLong
			}
			if !each(number, trimmed, bad) {
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func readLine(r *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if !tooLong {
			line = append(line, part...)
		}
		if len(line) > maxLine {
			line, tooLong = nil, true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, tooLong, err
		}
	}
}

// decodeLine reads one line into v; the error is for the person who wrote it.
func decodeLine(line []byte, v any) error {
	if !utf8.Valid(line) {
		return errors.New("not UTF-8")
	}
	if err := json.Unmarshal(line, v); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return fmt.Errorf("%s: a %s where a %s belongs", wrong.Field, wrong.Value, wrong.Type)
		}
		return errors.New("not a JSON object")
	}
	return nil
}
