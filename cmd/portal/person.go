package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"sotay/internal/accounts"
	"sotay/internal/fault"
	"sotay/internal/viet"
)

type personCommands struct {
	Add   personAddCommand   `cmd:"" help:"Add a person and print the one-time link by which they come in. So the first administrator is made."`
	Card  personCardCommand  `cmd:"" help:"Print a new one-time link for a person; the old one ends."`
	Erase personEraseCommand `cmd:"" help:"Erase the names of trainees and unit leads after a term; units and roles stay for statistics."`
}

// selected is the command of that name.
func (c *personCommands) selected(name string) runner {
	switch name {
	case "card":
		return &c.Card
	case "erase":
		return &c.Erase
	}
	return &c.Add
}

// withFields puts the sentences of a form's fields after the fault's own.
func withFields(err error) error {
	f, ok := fault.Of(err)
	if !ok {
		return err
	}
	for _, field := range f.Fields {
		err = fmt.Errorf("%w\n--%s: %s", err, field.Name, field.Sentence)
	}
	return err
}

// login says whom a command is about.
type login struct {
	Phone string `help:"Phone number, 10 digits."`
	Code  string `help:"Staff code: letters, digits, dashes."`
}

// any is the phone number, or the code where there is none.
func (l login) any() string {
	if l.Phone != "" {
		return l.Phone
	}
	return l.Code
}

// check refuses to be about nobody.
func (l login) check() error {
	if l.any() == "" {
		return fmt.Errorf("give --phone or --code")
	}
	return nil
}

// links says where the site is.
type links struct {
	BaseURL string `default:"" env:"PORTAL_BASE_URL" help:"Public address of the site, for whole links."`
}

type personAddCommand struct {
	Storage  `embed:""`
	login    `embed:""`
	links    `embed:""`
	Name     string `required:"" help:"Full name."`
	Role     string `required:"" enum:"administrator,approver,trainer,secretary,lead,trainee" help:"administrator, approver, trainer, secretary, lead (of a unit) or trainee."`
	Unit     string `help:"Commune by name, such as \"xã Tam Nông\", or by code; default is the province. Leads and trainees need one."`
	Team     string `help:"Polling team."`
	Duty     string `help:"What the person does there."`
	Province string `default:"tỉnh Phú Thọ" env:"PORTAL_PROVINCE" help:"The province whose communes there are."`
}

// Validate checks what kong cannot know.
func (c *personAddCommand) Validate() error { return errors.Join(c.check(), checkBaseURL(c.BaseURL)) }

// Run adds the person and prints the link.
func (c *personAddCommand) Run(ctx context.Context, out *output) error {
	db, err := c.open(ctx)
	if err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	defer db.Close()
	people := accounts.New(db)
	if err := people.SeedUnits(ctx, c.Province); err != nil {
		return err
	}
	n := accounts.NewPerson{Name: c.Name, Phone: c.Phone, Code: c.Code, Team: c.Team, Duty: c.Duty, Role: accounts.Role(c.Role)}
	if c.Unit != "" {
		unit, err := people.UnitByName(ctx, c.Unit)
		if err != nil {
			return err
		}
		n.Unit = unit.ID
	}
	person, err := people.Add(ctx, n, accounts.Operator)
	if err != nil {
		return withFields(err)
	}
	return printCard(ctx, people, person, c.links, out)
}

type personCardCommand struct {
	Storage   `embed:""`
	login     `embed:""`
	links     `embed:""`
	ResetCode bool `help:"Also forget the authenticator app of a person who lost it."`
}

// Validate checks what kong cannot know.
func (c *personCardCommand) Validate() error { return errors.Join(c.check(), checkBaseURL(c.BaseURL)) }

// Run prints a new link for a person.
func (c *personCardCommand) Run(ctx context.Context, out *output) error {
	db, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	people := accounts.New(db)
	person, err := people.Find(ctx, c.any(), accounts.Operator)
	if err != nil {
		return err
	}
	if c.ResetCode {
		if err := people.ResetCode(ctx, person.ID, accounts.Operator); err != nil {
			return err
		}
	}
	return printCard(ctx, people, person, c.links, out)
}

// printCard issues a card and prints its link and until when it serves.
func printCard(ctx context.Context, people *accounts.People, person accounts.Person, l links, out *output) error {
	cards, err := people.IssueCards(ctx, []string{person.ID}, accounts.Operator)
	if err != nil {
		return err
	}
	for _, card := range cards {
		out.say("%s/the/%s", l.BaseURL, card.Secret)
		out.say("%s: dùng một lần, đến %s", card.Person.Name, untilWhen(card.Expires))
	}
	return nil
}

// untilWhen writes an instant as people of the province read it.
func untilWhen(at time.Time) string {
	day := viet.DateOf(at)
	clock := at.Sub(day.Time())
	return fmt.Sprintf("%02d:%02d ngày %s", int(clock.Hours()), int(clock.Minutes())%60, day)
}

type personEraseCommand struct {
	Storage `embed:""`
	Before  string `required:"" placeholder:"DATE" help:"Those added before this day, such as 2026-07-01."`
}

// Validate checks what kong cannot know.
func (c *personEraseCommand) Validate() error {
	if !viet.Date(c.Before).Valid() {
		return fmt.Errorf("--before %q is no date; write 2026-07-01", c.Before)
	}
	return nil
}

// Run erases and tells how many.
func (c *personEraseCommand) Run(ctx context.Context, out *output) error {
	db, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := accounts.New(db).EraseBefore(ctx, viet.Date(c.Before), accounts.Operator)
	if err != nil {
		return err
	}
	out.say("đã xóa tên của %s người", viet.Number(n))
	return nil
}
