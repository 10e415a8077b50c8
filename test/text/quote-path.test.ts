import test from 'ava';
import {quotePath} from '../../source/text/shell-commands.js';

for (const [platform, path, quoted] of [
	['linux', '/tmp/übung-1', '/tmp/übung-1'],
	['linux', "/tmp/my course's", "'/tmp/my course'\\''s'"],
	['win32', 'C:\\Übung\\1', 'C:\\Übung\\1'],
	['win32', "C:\\Jürgen's course", '"C:\\Jürgen\'s course"'],
] as const) {
	test(`${path} on ${platform}`, t => {
		t.is(quotePath(path, platform), quoted);
	});
}
