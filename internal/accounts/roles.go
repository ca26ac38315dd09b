package accounts

import "slices"

// Role is what a person is on this site.
type Role string

// The roles, from the most to the least trusted with other people's data.
const (
	Administrator Role = "administrator"
	Approver      Role = "approver"
	Trainer       Role = "trainer"
	Secretary     Role = "secretary"
	Lead          Role = "lead"    // of a unit: looks after its trainees
	Trainee       Role = "trainee" // reads and practises
)

// Roles lists all roles.
func Roles() []Role { return []Role{Administrator, Approver, Trainer, Secretary, Lead, Trainee} }

var roleLabels = map[Role]string{
	Administrator: "Quản trị", Approver: "Người duyệt", Trainer: "Giảng viên", Secretary: "Thư ký", Lead: "Phụ trách đơn vị", Trainee: "Học viên",
}

// Label is the role in Vietnamese, "" for none of them.
func (r Role) Label() string { return roleLabels[r] }

// Act is a kind of thing that a role may do or not.
type Act string

// The acts that routes ask for.
const (
	OwnAccount Act = "own account" // see and mend what is held of oneself
	Desk       Act = "desk"        // see drafts, reviews, history, inquiries
	Write      Act = "write"       // draft guides, answers, sessions and send them for review
	Review     Act = "review"      // approve, send back, publish, take down
	Inquiries  Act = "inquiries"   // take, refuse, merge and answer what readers ask
	Words      Act = "words"       // synonyms and abbreviations of the search
	Members    Act = "people"      // see and add people of one's own unit
	Staff      Act = "staff"       // give roles, reopen ended accounts, erase
	Audit      Act = "audit"       // read the log of acts
)

// may is who may do what: the one table that the routes ask.
var may = map[Act][]Role{
	OwnAccount: {Administrator, Approver, Trainer, Secretary, Lead, Trainee},
	Desk:       {Administrator, Approver, Trainer, Secretary},
	Write:      {Approver, Trainer, Secretary},
	Review:     {Approver},
	Inquiries:  {Approver, Trainer, Secretary},
	Words:      {Approver, Trainer},
	Members:    {Administrator, Lead},
	Staff:      {Administrator},
	Audit:      {Administrator},
}

// Acts lists all acts.
func Acts() []Act {
	return []Act{OwnAccount, Desk, Write, Review, Inquiries, Words, Members, Staff, Audit}
}

// May reports whether a role may do an act. Unknown roles and acts may nothing.
func (r Role) May(a Act) bool { return slices.Contains(may[a], r) }

// IsStaff reports whether the role works on the site; staff sign in by password
// and stay for hours, not for weeks.
func (r Role) IsStaff() bool { return r.May(Desk) || r.May(Members) }

// NeedsCode reports whether the role signs in with a one-time code as well.
func (r Role) NeedsCode() bool { return r == Administrator || r == Approver }
