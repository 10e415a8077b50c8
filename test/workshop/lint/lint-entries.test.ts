import {execFileSync} from 'node:child_process';
import {symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {planStepBuild} from '../../../source/session/plan/run-plan.js';
import {readFolder} from '../../../source/storage/files.js';
import {lintWorkshop} from '../../../source/workshop/lint/lint-workshop.js';
import {formatProblem} from '../../../source/workshop/problems.js';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {breaks, write} from './breaks.js';

test(
	'a file that is no chapter by its name',
	breaks,
	write('3-third.md', '# Third\n'),
	'3-third.md:1:1 is not a chapter: chapters have names such as `01-first.md`',
);
test(
	'a stray file',
	breaks,
	write('notes.txt', 'buy milk'),
	'notes.txt:1:1 is a stray file: nothing in the workshop refers to it',
);
test(
	'a stray folder',
	breaks,
	write('old/Dockerfile', 'FROM x\n'),
	'old:1:1 is a stray folder: workshop.md has no context of this name',
);
test(
	'a chapter that is a folder',
	breaks,
	write('03-third.md/text', ''),
	'03-third.md:1:1 is a folder, but the program reads a file of this name',
);
test(
	'a chapter that is no UTF-8',
	breaks,
	folder => writeFileSync(path.join(folder, '03-c.md'), Buffer.of(0xff)),
	'03-c.md:1:1 is not text in UTF-8',
);
test(
	'a link that leaves the folder',
	breaks,
	folder => symlinkSync('/etc/passwd', path.join(folder, 'app', 'users')),
	'app/users:1:1 is a link that leaves the folder: it points at /etc/passwd',
);
test(
	'a link that leaves the folder by its parent',
	breaks,
	folder => symlinkSync('../../x', path.join(folder, 'app', 'x')),
	'app/x:1:1 is a link that leaves the folder: it points at ../../x',
);
test(
	'a link inside of the folder',
	breaks,
	folder => symlinkSync('Dockerfile', path.join(folder, 'app', 'x')),
	'app/x:1:1 is a link, which learners would not get: put the file itself here',
);
test(
	'a pipe',
	breaks,
	folder => execFileSync('mkfifo', [path.join(folder, 'app', 'x')]),
	'app/x:1:1 is not a file',
);
test('an entry that can’t be read', t => {
	const folder = temporaryFolder();
	writeFiles(folder, soundWorkshop);
	const entries = readFolder(folder).map(entry =>
		entry.path === 'app/Dockerfile' ? {...entry, text: null, trouble: 'EACCES: permission denied'} : entry,
	);
	const problems = lintWorkshop(entries, planStepBuild).problems.map(formatProblem);
	t.deepEqual(problems, ['app/Dockerfile:1:1 can’t be read: EACCES: permission denied']);
});
