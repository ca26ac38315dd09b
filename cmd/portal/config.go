package main

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"sotay/content"
	"sotay/internal/store"
	"sotay/internal/viet"
)

// CLI is every command of the program. Each flag is also a PORTAL_… variable
// and, for serve, a key of settings.json in the data folder; the command line
// wins over the environment, the environment over the file.
type CLI struct {
	Serve   serveCommand   `cmd:"" help:"Run the site."`
	Check   checkCommand   `cmd:"" help:"Check the texts: citations, links, questions. Without --data, the embedded ones."`
	Import  importCommands `cmd:"" help:"Bring in content from files."`
	Export  exportCommand  `cmd:"" help:"Write what is published as files of Markdown and JSON lines, also while the site runs."`
	Backup  backupCommand  `cmd:"" help:"Write database, attachments and settings to one file, also while the site runs."`
	Restore restoreCommand `cmd:"" help:"Fill an empty data folder from a backup."`
	Reindex reindexCommand `cmd:"" help:"Build the search index anew."`
	Search  searchCommands `cmd:"" help:"Tell what readers search for."`
	Person  personCommands `cmd:"" help:"Add people, give them one-time links, erase names after a term."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// Storage says where the data are.
type Storage struct {
	Data     string `required:"" placeholder:"DIR" env:"PORTAL_DATA" help:"Data folder: database, search index, attachments, settings.json."`
	Database string `placeholder:"DSN" env:"PORTAL_DATABASE" help:"postgres://… to use PostgreSQL; default is SQLite in the data folder."`
}

// databaseFile is the SQLite database's name in the data folder.
const databaseFile = "portal.db"

// folders of the data folder.
const (
	indexFolder      = "index"
	attachmentFolder = "files"
	settingsFile     = "settings.json"
)

func (s Storage) dsn() string {
	if s.Database != "" {
		return s.Database
	}
	return filepath.Join(s.Data, databaseFile)
}

func (s Storage) path(name string) string { return filepath.Join(s.Data, name) }

// exists reports whether the folder already holds a database.
func (s Storage) exists() bool {
	if s.Database != "" {
		return true
	}
	_, err := os.Stat(s.dsn())
	return err == nil
}

// open opens the database, making the folder when it is missing.
func (s Storage) open(ctx context.Context) (*store.DB, error) {
	if err := os.MkdirAll(s.Data, 0o750); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	return store.Open(ctx, s.dsn())
}

// openExisting opens a database that must be there.
func (s Storage) openExisting(ctx context.Context) (*store.DB, error) {
	if !s.exists() {
		return nil, fmt.Errorf("no database in %s; start the site once with: portal serve --data %s", s.Data, s.Data)
	}
	return s.open(ctx)
}

// Election is what an operator sets about the election that the texts speak of.
type Election struct {
	ElectionDate string `default:"2026-03-15" env:"PORTAL_ELECTION_DATE" help:"Election day, from which deadlines are reckoned."`
	ByElection   bool   `env:"PORTAL_BY_ELECTION" help:"That day is of a by-election (bầu cử bổ sung), which has limits of its own."`
}

func (e Election) election() content.Election {
	held := content.Election{Day: viet.Date(e.ElectionDate)}
	if e.ByElection {
		held.Kind = content.ByElection
	}
	return held
}

// Validate checks what kong cannot know. General elections of the past may have
// been held on any day; a by-election is ahead, and the law wants a Sunday.
func (e Election) Validate() error {
	switch held := e.election(); {
	case !held.Day.Valid():
		return fmt.Errorf("--election-date %q is no date; write 2026-03-15", e.ElectionDate)
	case e.ByElection && !held.OnSunday():
		return fmt.Errorf("--election-date %s is no Sunday; by Article 89 a by-election is held on one", e.ElectionDate)
	case e.ByElection && held.Check() != nil: // half a calendar would be worse than none
		return fmt.Errorf("--election-date %s: %w", e.ElectionDate, held.Check())
	}
	return nil
}

// Site is what an operator sets about the site itself.
type Site struct {
	Election       `embed:""`
	SiteName       string   `default:"Sổ tay Bầu cử" env:"PORTAL_SITE_NAME" help:"Name of the site."`
	Province       string   `default:"tỉnh Phú Thọ" env:"PORTAL_PROVINCE" help:"The province, as in “của …”."`
	Manager        string   `default:"" env:"PORTAL_MANAGER" help:"Who runs the site, for the foot of the page."`
	Hotline        string   `default:"" env:"PORTAL_HOTLINE" help:"Telephone number of the support desk; empty leaves the line out."`
	Notice         string   `default:"${notice}" env:"PORTAL_NOTICE" help:"Notice shown on every page; empty shows none."`
	BaseURL        string   `default:"" env:"PORTAL_BASE_URL" help:"Public address such as https://sotay.example.vn; requests for other hosts are refused. Empty: whatever host was asked."`
	TrustedProxies []string `placeholder:"CIDR,…" env:"PORTAL_TRUSTED_PROXIES" help:"Addresses of reverse proxies whose X-Forwarded-* are believed."`
	Today          string   `default:"" env:"PORTAL_TODAY" help:"Pretend that this is the day, for rehearsals; default is now in Asia/Ho_Chi_Minh."`
}

// sampleNotice tells readers what the embedded content is.
const sampleNotice = "Nội dung mẫu, biên soạn từ văn bản pháp luật, chưa được cơ quan có thẩm quyền duyệt. Khi làm việc, hãy đối chiếu văn bản gốc."

func defaults() kong.Vars { return kong.Vars{"notice": sampleNotice} }

// Validate checks what kong cannot know.
func (s Site) Validate() error {
	if err := s.Election.Validate(); err != nil {
		return err
	}
	if s.Today != "" && !viet.Date(s.Today).Valid() {
		return fmt.Errorf("--today %q is no date; write 2026-03-15", s.Today)
	}
	return checkBaseURL(s.BaseURL)
}

// checkBaseURL refuses an address of the site that is more, or less, than scheme
// and host.
func checkBaseURL(base string) error {
	if u, err := url.Parse(base); base != "" && (err != nil || u.Host == "" || u.Path != "" || u.Scheme != "http" && u.Scheme != "https") {
		return fmt.Errorf("--base-url %q must be scheme and host alone, such as https://sotay.example.vn", base)
	}
	return nil
}

func (s Site) today() viet.Date {
	if s.Today != "" {
		return viet.Date(s.Today)
	}
	return viet.DateOf(time.Now())
}

// runner is a command, ready to run.
type runner interface {
	Run(ctx context.Context, out *output) error
}

// parse reads the command line, then once more with the settings file of the
// data folder that it names.
func parse(parser *kong.Kong, cli *CLI, args []string) (runner, error) {
	parsed, err := parser.Parse(args)
	if err != nil {
		return nil, err
	}
	file := cli.Serve.path(settingsFile)
	if _, missing := os.Stat(file); parsed.Command() == "serve" && missing == nil {
		if err := kong.Configuration(belowEnvironment, file).Apply(parser); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		if parsed, err = parser.Parse(args); err != nil {
			return nil, err
		}
	}
	return selected(cli, strings.Fields(parsed.Command())), nil
}

// belowEnvironment reads a settings file that yields to the environment; kong's
// own order is the other way round.
func belowEnvironment(file io.Reader) (kong.Resolver, error) {
	settings, err := kong.JSON(file)
	if err != nil {
		return nil, err
	}
	return kong.ResolverFunc(func(ctx *kong.Context, parent *kong.Path, flag *kong.Flag) (any, error) {
		for _, name := range flag.Envs {
			if _, set := os.LookupEnv(name); set {
				return nil, nil
			}
		}
		return settings.Resolve(ctx, parent, flag)
	}), nil
}

func selected(cli *CLI, command []string) runner {
	switch command[0] {
	case "serve":
		return &cli.Serve
	case "check":
		return &cli.Check
	case "import":
		if len(command) > 1 && command[1] == "guides" {
			return &cli.Import.Guides
		}
		return &cli.Import.Answers
	case "export":
		return &cli.Export
	case "backup":
		return &cli.Backup
	case "restore":
		return &cli.Restore
	case "reindex":
		return &cli.Reindex
	case "person":
		return cli.Person.selected(command[1])
	case "search":
		if len(command) > 1 && command[1] == "gaps" {
			return &cli.Search.Gaps
		}
		return &cli.Search.Ask
	}
	return &cli.Version
}
