package inbox

import (
	"fmt"
	"strings"
)

// mood is how a shopper feels, as a name, and as a shape that is told apart without its colour.
type mood struct {
	ID    string // angry, upset, calm or pleased
	Shape string
}

// moodOf puts a name to a mood between -1 (furious) and 1 (delighted).
func moodOf(value float64) mood {
	switch {
	case value <= -0.6:
		return mood{"angry", "▲"}
	case value <= -0.2:
		return mood{"upset", "◆"}
	case value < 0.35:
		return mood{"calm", "●"}
	}
	return mood{"pleased", "✚"}
}

// curve is a mood over the shopper's turns, ready to be drawn.
type curve struct {
	Width, Height, Zero int
	Points              string
	EndX, EndY          string
	End                 mood
	Trend               string // falling, rising or steady
}

const (
	curveWidth  = 120
	curveHeight = 36
	curveMargin = 5
	curvePoints = 30
	turnOfMood  = 0.25 // a change that is worth a word
)

// curveOf draws the last moods; fewer than two make no line.
func curveOf(moods []float64) curve {
	c := curve{Width: curveWidth, Height: curveHeight, Zero: curveHeight / 2}
	moods = moods[max(0, len(moods)-curvePoints):]
	if len(moods) < 2 {
		return c
	}
	points := make([]string, len(moods))
	for i, m := range moods {
		x := curveMargin + float64(i)*(curveWidth-2*curveMargin)/float64(len(moods)-1)
		y := curveHeight/2 - min(1, max(-1, m))*(curveHeight/2-curveMargin)
		c.EndX, c.EndY = fmt.Sprintf("%.1f", x), fmt.Sprintf("%.1f", y)
		points[i] = c.EndX + "," + c.EndY
	}
	c.Points = strings.Join(points, " ")
	last := moods[len(moods)-1]
	c.End = moodOf(last)
	switch change := last - moods[0]; {
	case change <= -turnOfMood:
		c.Trend = "falling"
	case change >= turnOfMood:
		c.Trend = "rising"
	default:
		c.Trend = "steady"
	}
	return c
}
