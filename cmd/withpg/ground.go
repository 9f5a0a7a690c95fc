package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"

	"frontdesk/cmd/internal/localpg/apt"
)

// browsers are the names under which a Chromium may be installed.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell", "chrome"}

// chineseFonts are where distributions put fonts that have Chinese in them.
var chineseFonts = []string{
	"/usr/share/fonts/*/noto/NotoSansCJK*",
	"/usr/share/fonts/*cjk*/*",
	"/usr/share/fonts/truetype/wqy/*",
	"/usr/share/fonts/*/*/NotoSansSC*",
	"/System/Library/Fonts/PingFang.ttc",
	"/System/Library/Fonts/*Hei*",
}

// ensureBrowser installs Debian's Chromium and a font with Chinese in it, each
// only where none is there yet.
func ensureBrowser(ctx context.Context, progress io.Writer) error {
	var packages []string
	if !anyProgram(browsers) && !anyFile("/Applications/Chromium.app", "/Applications/Google Chrome.app") {
		packages = append(packages, "chromium")
	}
	if !anyFile(chineseFonts...) {
		packages = append(packages, "fonts-noto-cjk", "fonts-noto-color-emoji")
	}
	if len(packages) == 0 {
		return nil
	}
	if !apt.Available() {
		return errors.New("the browser tests need Chromium and a font with Chinese in it: install both (macOS: brew install --cask chromium), then try again")
	}
	if err := apt.Install(ctx, progress, packages...); err != nil {
		return err
	}
	if !anyProgram(browsers) {
		return errors.New("apt has installed no Chromium (Ubuntu ships it as a snap): run `sudo snap install chromium`, then try again")
	}
	return nil
}

// ensureCompiler installs gcc: Go's race detector links with cgo.
func ensureCompiler(ctx context.Context, progress io.Writer) error {
	if anyProgram([]string{"gcc", "clang", "cc"}) {
		return nil
	}
	if !apt.Available() {
		return errors.New("the race detector needs a C compiler: install gcc or clang (macOS: xcode-select --install), then try again")
	}
	if err := apt.Install(ctx, progress, "gcc", "libc6-dev"); err != nil {
		return fmt.Errorf("the race detector needs a C compiler: %w", err)
	}
	return nil
}

func anyProgram(names []string) bool {
	for _, name := range names {
		if _, err := exec.LookPath(name); err == nil {
			return true
		}
	}
	return false
}

func anyFile(patterns ...string) bool {
	for _, pattern := range patterns {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return true
		}
	}
	return false
}
