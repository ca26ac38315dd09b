package web

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"sotay/content"
	"sotay/internal/fault"
)

// textAt finds a text by a parameter of the address. When there is none but it moved,
// the reader is led to where it is now: here is false then, as with an error.
func textAt[T any, K ~string](s *Server, c *fiber.Ctx, kind, parameter string, find func(context.Context, K) (T, error)) (text T, here bool, err error) {
	slug := K(c.Params(parameter))
	text, err = find(c.UserContext(), slug)
	if fault.Is(err, fault.KindNotFound) {
		return text, false, s.redirectMoved(c, kind, content.Slug(slug), err)
	}
	return text, err == nil, err
}

// redirectMoved leads to where a thing went that was at this address before.
func (s *Server) redirectMoved(c *fiber.Ctx, kind string, slug content.Slug, missing error) error {
	to, err := s.rooms.Library.Moved(c.UserContext(), kind, slug)
	if fault.Is(err, fault.KindNotFound) {
		return missing
	}
	if err != nil {
		return err
	}
	return redirectTo(c, to)
}
