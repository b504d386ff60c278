// What the page may do: the headers that every answer of the window's own server
// carries. The page shows personal data and needs nothing but its own files.
package main

import (
	"net/http"
	"strings"
)

// contentPolicy is the content security policy. frontend/index.html says the
// same for a page that is served without the headers, but for frameAncestors,
// which browsers take from a header only. Svelte makes its elements from markup
// through the one trusted-types policy that is named.
const (
	contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; " +
		"font-src 'self'; base-uri 'none'; form-action 'none'; " +
		"require-trusted-types-for 'script'; trusted-types svelte-trusted-html 'allow-duplicates'"
	frameAncestors = "; frame-ancestors 'none'"
)

// features are what Chromium's and WebKit's permissions policies know. Wails
// grants the page on Windows whatever it asks for, so the page is kept from
// asking. What an engine does not know it passes over. Copying by Ctrl+C is not
// among them.
var features = []string{
	"accelerometer", "ambient-light-sensor", "autoplay", "bluetooth", "browsing-topics", "camera", "captured-surface-control",
	"clipboard-read", "clipboard-write", "compute-pressure", "cross-origin-isolated", "deferred-fetch", "deferred-fetch-minimal",
	"digital-credentials-create", "digital-credentials-get", "display-capture", "encrypted-media", "fullscreen", "gamepad",
	"geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "interest-cohort", "keyboard-map",
	"language-detector", "language-model", "local-fonts", "local-network", "local-network-access", "loopback-network",
	"magnetometer", "media-playback-while-not-visible", "microphone", "midi", "on-device-speech-recognition", "otp-credentials",
	"payment", "picture-in-picture", "private-state-token-issuance", "private-state-token-redemption",
	"publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "smart-card", "speaker-selection",
	"storage-access", "summarizer", "sync-xhr", "translator", "unload", "usb", "web-share", "window-management",
	"xr-spatial-tracking",
}

// secure sets the headers that keep the page to itself, and its data off the disk.
func secure(next http.Handler) http.Handler {
	headers := map[string]string{
		"Content-Security-Policy":      contentPolicy + frameAncestors,
		"Permissions-Policy":           strings.Join(features, "=(), ") + "=()",
		"Referrer-Policy":              "no-referrer",
		"X-Content-Type-Options":       "nosniff",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-store",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}
