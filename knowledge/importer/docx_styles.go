package importer

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// readStyles learns which styles are headings, by their outline level or by their name.
func (d *wordDocument) readStyles(x *xml.Decoder) error {
	var sheet struct {
		Styles []struct {
			ID      string  `xml:"styleId,attr"`
			Name    wordVal `xml:"name"`
			Based   wordVal `xml:"basedOn"`
			Outline wordVal `xml:"pPr>outlineLvl"`
		} `xml:"style"`
	}
	if err := x.Decode(&sheet); err != nil {
		return err
	}
	based := map[string]string{}
	for _, style := range sheet.Styles {
		based[style.ID] = style.Based.Val
		switch name := strings.ToLower(style.Name.Val); {
		case name == "title":
			d.levels[style.ID] = documentTitle
		case style.Outline.Val != "":
			d.levels[style.ID] = outlineLevel(style.Outline.Val)
		case strings.HasPrefix(name, "heading "):
			d.levels[style.ID] = headingLevel(strings.TrimPrefix(name, "heading "))
		}
	}
	for id := range based {
		from := id
		for range len(based) {
			if _, known := d.levels[from]; known || from == "" {
				break
			}
			from = based[from]
		}
		if level, known := d.levels[from]; known {
			d.levels[id] = level
		}
	}
	return nil
}

// documentTitle is the level of the style that names the document itself.
const documentTitle = -1

type wordVal struct {
	Val string `xml:"val,attr"`
}

// outlineLevel is the level of a heading whose outline level is 0 to 8; body text is 9.
func outlineLevel(val string) int {
	if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 {
		return min(n+1, 6)
	}
	return 0
}

func headingLevel(number string) int {
	if n, err := strconv.Atoi(number); err == nil && n >= 1 && n <= 9 {
		return min(n, 6)
	}
	return 0
}

// readLinks learns where links lead.
func (d *wordDocument) readLinks(x *xml.Decoder) error {
	var relations struct {
		All []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := x.Decode(&relations); err != nil {
		return err
	}
	for _, r := range relations.All {
		if strings.HasPrefix(r.Target, "https://") && !strings.ContainsAny(r.Target, " ()<>") {
			d.links[r.ID] = r.Target
		}
	}
	return nil
}
