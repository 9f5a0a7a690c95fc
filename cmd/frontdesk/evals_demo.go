package main

import "context"

func (e *evals) demo(context.Context) error { return nil }
