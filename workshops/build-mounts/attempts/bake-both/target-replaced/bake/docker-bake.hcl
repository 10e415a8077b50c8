group "default" {
  targets = ["report"]
}


target "report" {
  context = "./report"
  tags = ["report:baked"]
}
