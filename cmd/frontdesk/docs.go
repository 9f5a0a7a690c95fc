package main

import (
	"embed"
	"net/http"

	"github.com/labstack/echo/v4"
)

//go:embed docs/*.md
var docs embed.FS

// showDoc serves the longer texts that the README points to.
func showDoc(c echo.Context) error {
	text, err := docs.ReadFile("docs/" + c.Param("name") + ".md")
	if err != nil {
		return echo.ErrNotFound
	}
	return c.Render(http.StatusOK, "pages/doc", string(text))
}
