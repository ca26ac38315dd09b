// Package web owns every page: addresses, guards, forms, templates, style
// sheets and scripts, and the JSON interface. It reads input, asks one room,
// renders or redirects, and hands errors to one function. It holds no SQL, no
// index query and no rule about a noun; Fiber and the Prometheus client are
// used nowhere else.
//
//	site, err := web.New(cfg, web.Rooms{Library: lib, Bank: bank, Index: index, Log: asked, Healthy: ping}, log)
//	err = site.Serve(listener)
package web
