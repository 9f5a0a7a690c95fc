// Package editor is the editors' pages and their JSON API.
package editor

import (
	"context"
	"embed"
	"log/slog"
	"sync"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

//go:generate go tool oapi-codegen -config oapi.yaml openapi.yaml

// OpenAPI describes the JSON API.
//
//go:embed openapi.yaml
var OpenAPI []byte

// Pages are the templates, named "editor/…".
//
//go:embed pages/*.html
var Pages embed.FS

// Locales are the texts, their ids beginning with "editor.".
//
//go:embed locales/*.json
var Locales embed.FS

// Styles are what the pages need beside the shell's parts.
//
//go:embed styles.css
var Styles string

// Editor is who works here.
type Editor struct {
	ID   uuid.UUID // uuid.Nil for the holder of a token
	Name string    // signs versions
}

// Trial is a question as a shopper would ask it.
type Trial struct {
	Question string
	Locale   string // "" is told from the question
	Market   string // "" is every one
	At       time.Time
}

// Tried is what the bot would answer.
type Tried struct {
	Action     string // answer, ask, handoff, courtesy or silent
	Text       string // markdown
	Language   string
	Level      int // of a handover, else 0
	Reasons    []Reason
	Confidence float64 // 0 … 1
}

// Reason is why the bot would do so.
type Reason struct {
	Kind  string
	Score float64 // 0 … 1
}

// Change is a question that would get another answer once a version is published.
type Change struct {
	Question string
	Source   string // own, exam, missed or asked: where the question comes from
	Before   Top
	After    Top
	Better   bool // of an exam: it finds its article now and did not before
	Worse    bool // of an exam: it found its article and does not any more
}

// Top is what a question finds first.
type Top struct {
	Ref        string // "" for nothing
	Question   string
	Answer     string // markdown
	Decision   knowledge.Decision
	Confidence float64 // 0 … 1
}

// Config is what a Face is made of.
type Config struct {
	Base    *knowledge.Base
	Uploads *importer.Uploads
	// Who tells the editor of a request, of a page or of the API; false for nobody.
	Who func(echo.Context) (Editor, bool)
	// Shop is the shop whose knowledge the request is about.
	Shop func(echo.Context) knowledge.Shop
	// Ask composes what the bot would answer and stores nothing. Nil: the pages show what the search finds.
	Ask func(context.Context, knowledge.Shop, Trial) (Tried, error)
	// Finds tells what a shopper who asks this is answered with, on the path that Ask takes and without a model. Nil: what the
	// search finds.
	Finds func(context.Context, knowledge.Shop, Trial) (Top, error)
	// Changes tells which questions a version would answer differently, and how far it is. Nil, or without Exams: the
	// pages show what the article stands too close to, and no more.
	Changes func(ctx context.Context, shop knowledge.Shop, version knowledge.Article, progress func(asked, of int)) (Rehearsal, error)
	// ImportChanges tells which questions an import would answer differently, and how far it is. Nil: nobody is told.
	ImportChanges func(ctx context.Context, shop knowledge.Shop, rows []importer.Row, progress func(asked, of int)) (Rehearsal, error)
	// Fetch reads what an address that an editor enters leads to, and says by which name to read it; ErrLink says why not.
	// Nil: there are no links to paste.
	Fetch func(ctx context.Context, address string) (name string, file []byte, err error)
	// Exams keeps the golden questions, and Examine asks one. Without them there is no page of the exam.
	Exams   *exam.Store
	Examine exam.Ask
	// Detect tells the language of a text, "" when it cannot. May be nil.
	Detect func(text string) string
	// Flash keeps a sentence, by its text's id, for the page after the redirect. May be nil.
	Flash func(c echo.Context, id string, pairs ...any)
	// Record writes into the shop's log who did what: the action is such as article.publish. Nil: there is no log.
	Record func(ctx context.Context, shop knowledge.Shop, who Editor, action, subject string, detail map[string]any) error
	// Language is that of the request's pages. Nil: none is preferred.
	Language func(echo.Context) string
	// Text is a text in the language of the request's pages, for the files that they offer. Nil: its id.
	Text func(c echo.Context, id string, pairs ...any) string
	Log  *slog.Logger
}

// Face serves the pages and the API.
type Face struct {
	Config
	work    sync.WaitGroup // imports and sittings that outlive their request
	closing context.Context
	// rehearsals are those under way in this process: by edit, how to end each.
	rehearsals sync.Map
	stop       context.CancelFunc
}

// New returns a face. Close it when the program ends.
func New(c Config) *Face {
	f := &Face{Config: c}
	if f.Log == nil {
		f.Log = slog.Default()
	}
	if f.Flash == nil {
		f.Flash = func(echo.Context, string, ...any) {}
	}
	if f.Language == nil {
		f.Language = func(echo.Context) string { return "" }
	}
	if f.Text == nil {
		f.Text = func(_ echo.Context, id string, _ ...any) string { return id }
	}
	f.closing, f.stop = context.WithCancel(context.Background())
	return f
}

// Close cuts short the imports and sittings that still run, of which nothing stays, and waits for them.
func (f *Face) Close() {
	f.stop()
	f.work.Wait()
}

// Routes adds the pages to the group of /knowledge and the API to the group of /api/knowledge. Who may come in is decided
// before: the groups have their middleware. Uploads are as large as importer.MaxFile.
func (f *Face) Routes(pages, calls *echo.Group) {
	pages.Use(f.known)
	pages.GET("", f.list)
	pages.GET("/new", f.fresh)
	pages.POST("/save", f.save)
	pages.POST("/preview", f.preview)
	pages.GET("/ref/:ref", f.byRef)
	pages.GET("/articles/:article", f.edit)
	pages.GET("/articles/:article/publish", f.review)
	pages.POST("/articles/:article/publish", f.publish)
	pages.POST("/articles/:article/archive", f.archive)
	pages.GET("/articles/:article/history", f.history)
	pages.POST("/articles/:article/rollback", f.rollback)
	pages.GET("/try", f.try)
	pages.GET("/missed", f.missed)
	pages.POST("/missed", f.markMissed)
	pages.GET("/incidents", f.incidents)
	pages.POST("/incidents", f.announce)
	pages.POST("/incidents/preview", f.previewIncident)
	pages.POST("/incidents/end", f.endIncident)
	pages.GET("/import", f.uploads)
	pages.POST("/import", f.upload)
	pages.GET("/import/:import", f.planned)
	pages.POST("/import/:import", f.startImport)
	pages.POST("/import/:import/check", f.checkImport)
	pages.POST("/import/:import/back", f.takeBack)
	pages.GET("/import/:import/rejected", f.rejected)
	pages.GET("/export", f.export)
	if f.Exams != nil {
		pages.GET("/exam", f.exam)
		pages.POST("/exam", f.bring)
		pages.POST("/exam/run", f.sit)
		pages.POST("/exam/questions", f.keepQuestion)
		pages.GET("/exam/questions.csv", f.take)
	}

	calls.Use(f.known, f.callers)
	RegisterHandlers(calls, NewStrictHandler(api{f}, nil))
}

// known lets only editors in; it is the last door, not the only one.
func (f *Face) known(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, ok := f.Who(c); !ok {
			return echo.ErrUnauthorized
		}
		return next(c)
	}
}

// author is who signs what this request writes.
func (f *Face) author(c echo.Context) string {
	who, _ := f.Who(c)
	return who.Name
}
