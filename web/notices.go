package web

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/accounts"
)

// notices remembers for a few seconds what waits for a person, because every
// page of the staff tells it.
type notices struct {
	mu    sync.Mutex
	known map[string]noticed // by person
}

type noticed struct {
	at   time.Time
	load content.Workload
}

// of is what waits for a person.
func (n *notices) of(ctx context.Context, lib *content.Library, person string) (content.Workload, error) {
	n.mu.Lock()
	had, ok := n.known[person]
	n.mu.Unlock()
	if ok && time.Since(had.at) < noticeTime {
		return had.load, nil
	}
	load, err := lib.Workload(ctx, person)
	if err != nil {
		return load, fmt.Errorf("count what waits for %s: %w", person, err)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.known == nil || len(n.known) >= maxNoticed {
		n.known = map[string]noticed{}
	}
	n.known[person] = noticed{time.Now(), load}
	return load, nil
}

// forget lets the next page count anew what waits for a person who acts.
func (n *notices) forget(person string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.known, person)
}

// notice is what the menu tells of an entry: how much waits there.
type notice struct {
	Count int
	Said  string // for those who hear the page
	Hot   bool   // some of it is late
}

// noticesFor are the entries of the menu where something waits, by address.
func noticesFor(load content.Workload, may func(accounts.Act) bool) map[string]notice {
	list := map[string]notice{}
	var desk notice
	var said []string
	for _, part := range []struct {
		act   accounts.Act
		count int
		what  string
	}{
		{accounts.Review, load.Review, "bài chờ duyệt"},
		{accounts.Write, load.Returned, "bản nháp bị trả lại"},
		{accounts.Review, load.Flagged, "bài có căn cứ đã đổi"},
	} {
		if part.count > 0 && may(part.act) {
			desk.Count += part.count
			said = append(said, fmt.Sprintf("%d %s", part.count, part.what))
		}
	}
	if desk.Count > 0 {
		desk.Said = strings.Join(said, ", ")
		list[deskCrumb.Path] = desk
	}
	if load.Inquiries > 0 && may(accounts.Inquiries) {
		asked := notice{load.Inquiries, fmt.Sprintf("%d câu chưa trả lời", load.Inquiries), load.Late > 0}
		if load.Late > 0 {
			asked.Said += fmt.Sprintf(", %d câu quá hạn", load.Late)
		}
		list[queuePath] = asked
	}
	return list
}

// noticesOf are those of a signed-in person. A page is shown without them
// rather than not at all.
func (s *Server) noticesOf(c *fiber.Ctx, p accounts.Person) map[string]notice {
	if !p.Role.May(accounts.Desk) {
		return nil
	}
	load, err := s.notices.of(c.UserContext(), s.rooms.Library, p.ID)
	if err != nil {
		s.log.Warn("no notices", "request", requestOf(c), "err", err)
		return nil
	}
	return noticesFor(load, p.Role.May)
}
