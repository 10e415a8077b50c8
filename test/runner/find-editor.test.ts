import {chmodSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {findEditor} from '../../source/runner/terminal-handover.js';

test.serial('the learner’s own editor comes first, with its arguments', t => {
	t.deepEqual(findEditor({VISUAL: 'code --wait', EDITOR: 'vi'}), ['code', '--wait']);
	t.deepEqual(findEditor({EDITOR: '"/my editors/ed" -x'}), ['/my editors/ed', '-x']);
});

test.serial('without one it is the first that the platform has, and null when it has none', t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'editors-'));
	t.is(findEditor({PATH: folder}, 'linux'), null);
	for (const name of ['vi', 'nano']) {
		writeFileSync(path.join(folder, name), '');
		chmodSync(path.join(folder, name), name === 'vi' ? 0o755 : 0o644);
	}
	t.deepEqual(findEditor({PATH: `/nowhere:${folder}`}, 'linux'), ['vi']);
});
