group "default" {
  targets = ["version"]
}

target "version" {
  context = "./version"
  tags = ["version:baked"]
  args = {
    VERSION = "4.0"
  }
}

target "report" {
  context = "./report"
  tags = ["report:baked"]
}
