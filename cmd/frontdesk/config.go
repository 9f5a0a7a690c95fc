package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
)

// cli is the whole command line. Every flag is also an environment variable; secrets also come from NAME_FILE.
type cli struct {
	Config

	Demo    demoCommand    `cmd:"" help:"Start everything on this machine, with a demo shop." default:"withargs"`
	Serve   serveCommand   `cmd:"" help:"Serve the shops of a database."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to the version this program needs."`
	Show    configCommand  `cmd:"" name:"config" help:"Show the resolved settings, secrets masked."`
	Doctor  doctorCommand  `cmd:"" help:"Check database, model, embedder, clock and channels: each ok, or what to do."`
	Shop    shopCommand    `cmd:"" help:"Add and list shops."`
	Channel channelCommand `cmd:"" help:"Add and list a shop's channels."`
	Staff   staffCommand   `cmd:"" help:"Add and list the people of a shop, and make sign-in links."`
	Token   tokenCommand   `cmd:"" help:"Make and list tokens for programs."`
	Import  importCommand  `cmd:"" help:"Import articles: jsonl, csv, xlsx, docx, html or markdown."`
	Export  exportCommand  `cmd:"" help:"Export articles as the jsonl that import reads."`
	Erase   eraseCommand   `cmd:"" help:"Erase what a shopper said and is known by."`
	Search  searchCommand  `cmd:"" help:"Search a shop's articles."`
	Ask     askCommand     `cmd:"" help:"Ask the bot, without storing anything."`
	Triage  triageCommand  `cmd:"" help:"Judge what messages need. Needs no database."`
	Exam    examCommand    `cmd:"" help:"Ask a shop its golden questions."`
	Evals   evalsCommand   `cmd:"" help:"Measure the judgement on the evaluation sets, in a database of its own."`
	Bench   benchCommand   `cmd:"" help:"Measure webhooks, searches and turns against their yardsticks."`
	Version versionCommand `cmd:"" help:"Print the version."`

	streams
}

type streams struct {
	in   io.Reader
	out  io.Writer
	errs io.Writer
}

// Config is what every command shares.
type Config struct {
	DatabaseURL    string   `name:"database-url" env:"DATABASE_URL" help:"PostgreSQL with pgvector. Without it a private cluster in the home folder is used." placeholder:"postgres://…"`
	Home           string   `env:"FRONTDESK_HOME" default:".frontdesk" help:"Folder of the private cluster."`
	Listen         string   `env:"FRONTDESK_LISTEN" default:"127.0.0.1:8080" help:"Where to serve."`
	PublicURL      string   `env:"FRONTDESK_PUBLIC_URL" help:"The address that browsers see, where a proxy stands in front." placeholder:"https://…"`
	TrustedProxies []string `env:"FRONTDESK_TRUSTED_PROXIES" help:"Networks whose X-Forwarded-For is believed (CIDR)."`
	AllowPrivate   []string `env:"FRONTDESK_ALLOW_PRIVATE" help:"Hosts in private networks that reply URLs and the models of shops may lead to (host or host:port)."`
	LogLevel       string   `env:"FRONTDESK_LOG_LEVEL" default:"info" help:"debug, info, warn or error."`

	OpenAIKey      string `name:"openai-api-key" env:"OPENAI_API_KEY" help:"Key of the model's endpoint."`
	OpenAIBaseURL  string `name:"openai-base-url" env:"OPENAI_BASE_URL" help:"Any OpenAI-compatible endpoint." placeholder:"https://…/v1"`
	Model          string `env:"FRONTDESK_MODEL" help:"Model that writes replies; none for none. Without key and base URL there is none."`
	EmbeddingModel string `env:"FRONTDESK_EMBEDDING_MODEL" help:"Embedding model of that endpoint. Without it the built-in embedder is used."`
	EmbeddingURL   string `name:"embedding-base-url" env:"FRONTDESK_EMBEDDING_BASE_URL" help:"Endpoint of the embedding model, where it is another than the model's." placeholder:"https://…/v1"`
	EmbeddingKey   string `name:"embedding-api-key" env:"FRONTDESK_EMBEDDING_API_KEY" help:"Key of the embedding model's own endpoint."`
	QuestionModel  string `env:"FRONTDESK_QUESTION_MODEL" help:"Another name of the embedding model for questions, where the endpoint wants one."`
	QuestionPrefix string `env:"FRONTDESK_QUESTION_PREFIX" help:"Text before each question, as e5-style models want."`
	PassagePrefix  string `env:"FRONTDESK_PASSAGE_PREFIX" help:"Text before each passage."`
}

const defaultModel = "gpt-5-mini"

// secretNames are the environment variables that may also come from a file named by NAME_FILE.
var secretNames = []string{"DATABASE_URL", "OPENAI_API_KEY", "FRONTDESK_EMBEDDING_API_KEY"}

func secretsFromFiles() error {
	var mistakes []error
	for _, name := range secretNames {
		path := os.Getenv(name + "_FILE")
		if path == "" || os.Getenv(name) != "" {
			continue
		}
		raw, err := os.ReadFile(path)
		if err == nil {
			err = os.Setenv(name, strings.TrimSpace(string(raw)))
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s_FILE: %w", name, err))
		}
	}
	return errors.Join(mistakes...)
}

// check reports every mistake at once.
func (c *Config) check() error {
	var mistakes []error
	wrong := func(format string, args ...any) { mistakes = append(mistakes, fmt.Errorf(format, args...)) }
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		wrong("FRONTDESK_LISTEN: %q is not host:port, such as 127.0.0.1:8080", c.Listen)
	}
	if c.DatabaseURL != "" && !strings.HasPrefix(c.DatabaseURL, "postgres://") && !strings.HasPrefix(c.DatabaseURL, "postgresql://") {
		wrong("DATABASE_URL: not a postgres:// address")
	}
	for _, address := range []struct{ name, raw string }{{"FRONTDESK_PUBLIC_URL", c.PublicURL}, {"OPENAI_BASE_URL", c.OpenAIBaseURL}, {"FRONTDESK_EMBEDDING_BASE_URL", c.EmbeddingURL}} {
		if u, err := url.Parse(address.raw); address.raw != "" && (err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "") {
			wrong("%s: not an http or https address", address.name)
		}
	}
	if c.LogLevel != "" && !slices.Contains([]string{"debug", "info", "warn", "error"}, c.LogLevel) {
		wrong("FRONTDESK_LOG_LEVEL: %q is none of debug, info, warn, error", c.LogLevel)
	}
	for _, cidr := range c.TrustedProxies {
		if _, _, err := net.ParseCIDR(cidr); err != nil {
			wrong("FRONTDESK_TRUSTED_PROXIES: %q is not a network, such as 10.0.0.0/8", cidr)
		}
	}
	if !c.hasEndpoint() && c.Model != "" && c.Model != noModel {
		wrong("FRONTDESK_MODEL needs OPENAI_API_KEY or OPENAI_BASE_URL")
	}
	if !c.hasEndpoint() && c.EmbeddingModel != "" && c.EmbeddingURL == "" {
		wrong("FRONTDESK_EMBEDDING_MODEL needs FRONTDESK_EMBEDDING_BASE_URL, OPENAI_API_KEY or OPENAI_BASE_URL")
	}
	if c.EmbeddingModel == "" && c.EmbeddingURL != "" {
		wrong("FRONTDESK_EMBEDDING_BASE_URL needs FRONTDESK_EMBEDDING_MODEL")
	}
	if c.EmbeddingURL == "" && c.EmbeddingKey != "" {
		wrong("FRONTDESK_EMBEDDING_API_KEY needs FRONTDESK_EMBEDDING_BASE_URL")
	}
	return errors.Join(mistakes...)
}

func (c *Config) hasEndpoint() bool { return c.OpenAIKey != "" || c.OpenAIBaseURL != "" }

// modelName is the model that writes replies, or noModel.
func (c *Config) modelName() string {
	switch {
	case !c.hasEndpoint():
		return noModel
	case c.Model != "":
		return c.Model
	}
	return defaultModel
}

func (c *Config) publicURL() string {
	if c.PublicURL != "" {
		return strings.TrimSuffix(c.PublicURL, "/")
	}
	return "http://" + browserHost(c.Listen)
}

func browserHost(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return listen
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && (ip.IsLoopback() || ip.IsUnspecified())) {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func (c *Config) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // check admits only levels
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
}

// masked shows where a secret leads without the secret.
func masked(raw string) string {
	if raw == "" {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" && u.Path == raw {
		return "••••"
	}
	return u.Redacted()
}
