import unittest

from report import count


class CountTest(unittest.TestCase):
    def test_words(self):
        self.assertEqual(count("two words"), 2)
