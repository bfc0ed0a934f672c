module pinball

go 1.24
