import test from 'ava';
import {chooseChanges} from '../../source/explain/choose-changes.js';
import {readPaths} from './suggest.js';

const whole = 'FROM a\nCOPY . .\n';

for (const [title, dockerfile, paths, expected] of [
	[
		'where the program begins',
		whole,
		['lib/a.js', 'lib/index.js', 'package-lock.json', 'package.json', 'server.js', 'test/a.test.js'],
		{source: 'server.js', manifest: 'package.json'},
	],
	['code before texts', whole, ['a.md', 'src/x.py'], {source: 'src/x.py', manifest: null}],
	['texts where there is no code', whole, ['index.md', 'logo.png'], {source: 'index.md', manifest: null}],
	[
		'only what is read',
		'FROM a\nCOPY src /src\n',
		['main.go', 'src/b.go'],
		{source: 'src/b.go', manifest: null},
	],
	[
		'nothing that was installed or made',
		whole,
		['node_modules/a/index.js', 'vendor/b.go', '.git/hooks/x.sh'],
		{source: null, manifest: null},
	],
	['nothing where nothing is read', 'FROM a\nRUN x\n', ['main.go'], {source: null, manifest: null}],
] as const)
	test(`a build is measured after a change of ${title}`, t => {
		t.deepEqual(chooseChanges(readPaths(dockerfile, [...paths])), expected);
	});
