package exam

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Columns are those of an exam written as a table. Only question and expect must be there.
func Columns() []string {
	return []string{"question", "expect", "topic", "locale", "market", "before", "level", "days", "id"}
}

// heads are the names of columns in the languages of the product.
func heads() map[string]string {
	all := map[string]string{"问题": "question", "pregunta": "question", "应有的结果": "expect", "结果": "expect", "resultado": "expect", "主题": "topic", "tema": "topic",
		"语言": "locale", "language": "locale", "idioma": "locale", "市场": "market", "mercado": "market", "之前的对话": "before", "antes": "before",
		"级别": "level", "nivel": "level", "天数": "days", "días": "days", "编号": "id", "identificador": "id"}
	for _, c := range Columns() {
		all[c] = c
	}
	return all
}

// outcomes are the words for what a question leads to where it is no article.
func outcomes() map[string]string {
	all := map[string]string{"转人工": "handoff", "persona": "handoff", "反问": "ask", "preguntar": "ask", "礼貌回应": "courtesy", "cortesía": "courtesy", "不回复": "silent", "silencio": "silent",
		"直接回答": "answer", "responder": "answer"}
	for _, a := range actions() {
		all[a] = a
	}
	return all
}

// speakers are the words for who said something before the question.
func speakers() map[string]string {
	return map[string]string{"顾客": "shopper", "cliente": "shopper", "机器人": "bot", "客服": "agent", "agente": "agent"}
}

// ReadTable reads golden questions from comma-separated values with a head, as WriteTable writes them. In "expect" stand the ids
// of articles, or an outcome such as handoff; several that would do are parted by |, articles that must come together joined by +.
func ReadTable(r io.Reader) ([]Question, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	rows.TrimLeadingSpace = true
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	var columns []string
	for _, name := range head {
		columns = append(columns, heads()[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))])
	}
	if !slices.Contains(columns, "question") || !slices.Contains(columns, "expect") {
		return nil, errors.New("line 1: there must be the columns question and expect")
	}
	var all []Question
	seen := map[string]int{}
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		line, _ := rows.FieldPos(0)
		cell := map[string]string{}
		for i, text := range cells {
			if i < len(columns) {
				cell[columns[i]] = unguarded(strings.TrimSpace(text))
			}
		}
		if err == nil && cell["question"] == "" && cell["expect"] == "" {
			continue
		}
		var q Question
		if err == nil {
			q, err = fromRow(cell, len(all)+1)
		}
		if before, ok := seen[q.ID]; err == nil && ok {
			err = fmt.Errorf("id: %q is that of line %d, too", q.ID, before)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		seen[q.ID] = line
		all = append(all, q)
	}
}

func fromRow(cell map[string]string, number int) (Question, error) {
	q := Question{ID: cell["id"], Topic: cell["topic"], Locale: cell["locale"], Market: cell["market"]}
	if q.ID == "" {
		q.ID = "row-" + strconv.Itoa(number)
	}
	for _, said := range strings.Split(cell["before"], "\n") {
		if said = strings.TrimSpace(said); said != "" {
			role, text, _ := strings.Cut(strings.Replace(said, "：", ":", 1), ":")
			role = strings.ToLower(strings.TrimSpace(role))
			q.Turns = append(q.Turns, Turn{Role: cmp.Or(speakers()[role], role), Text: strings.TrimSpace(text)})
		}
	}
	q.Turns = append(q.Turns, Turn{Role: "shopper", Text: cell["question"]})
	for _, wanted := range strings.FieldsFunc(cell["expect"], func(r rune) bool { return r == '|' || r == '｜' }) {
		wanted = strings.TrimSpace(wanted)
		action, isOutcome := outcomes()[strings.ToLower(wanted)]
		switch {
		case wanted == "":
		case isOutcome:
			q.Expect.Action = append(q.Expect.Action, action)
		case strings.Contains(wanted, "+"):
			for _, ref := range strings.Split(wanted, "+") {
				q.Expect.All = append(q.Expect.All, strings.TrimSpace(ref))
			}
		default:
			q.Expect.Articles = append(q.Expect.Articles, wanted)
		}
	}
	if len(q.Expect.Action) == 0 && len(q.Expect.Articles)+len(q.Expect.All) > 0 {
		q.Expect.Action = []string{"answer"}
	}
	if len(q.Expect.Action) == 0 {
		return q, errors.New("expect: missing")
	}
	var err error
	for column, field := range map[string]*int{"level": &q.Expect.Level, "days": &q.Days} {
		if cell[column] != "" {
			if *field, err = strconv.Atoi(cell[column]); err != nil {
				return q, fmt.Errorf("%s: %q is no number", column, cell[column])
			}
		}
	}
	return q, q.check()
}

// WriteTable writes golden questions so that ReadTable reads the same ones.
func WriteTable(w io.Writer, questions []Question) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns()); err != nil {
		return err
	}
	for _, q := range questions {
		if err := out.Write(toRow(q)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func toRow(q Question) []string {
	wanted := slices.Clone(q.Expect.Articles)
	if len(q.Expect.All) > 0 {
		wanted = append(wanted, strings.Join(q.Expect.All, "+"))
	}
	if plain := slices.Equal(q.Expect.Action, []string{"answer"}) && len(wanted) > 0; !plain {
		wanted = append(slices.Clone(q.Expect.Action), wanted...)
	}
	var before []string
	for _, t := range q.Turns[:max(0, len(q.Turns)-1)] {
		before = append(before, t.Role+": "+strings.ReplaceAll(t.Text, "\n", " "))
	}
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	row := []string{q.Text(), strings.Join(wanted, " | "), q.Topic, q.Locale, q.Market, strings.Join(before, "\n"), number(q.Expect.Level), number(q.Days), q.ID}
	for i, cell := range row {
		row[i] = guarded(cell)
	}
	return row
}

// formula are the signs at which a spreadsheet begins to calculate.
const formula = "=+-@"

// guarded keeps a spreadsheet from taking a text for a formula; unguarded takes that back.
func guarded(cell string) string {
	if cell != "" && strings.ContainsRune(formula, rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func unguarded(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune(formula, rune(cell[1])) {
		return cell[1:]
	}
	return cell
}
