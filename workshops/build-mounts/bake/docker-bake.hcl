target "version" {
  context = "./version"
  tags = ["version:baked"]
  args = {
    VERSION = "4.0"
  }
}
