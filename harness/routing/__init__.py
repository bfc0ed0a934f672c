"""The router: which model of the rules gets a request, by what it is and by what real calls taught since."""
