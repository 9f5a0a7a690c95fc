package storefront

import "github.com/labstack/echo/v4"

func (f *Face) shop(c echo.Context) error { return echo.ErrNotFound }
