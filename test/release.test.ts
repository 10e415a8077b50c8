import {cpSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {atExit} from './tools/at-exit.js';
import {readBundled} from './tools/bundle-advisories.js';
import {deepTest} from './tools/deep.js';
import {findReleaseObstacles} from './tools/release-obstacles.js';

const built = ['cli.js', 'licences.txt', 'sbom.json'].map(name => path.join('distribution', name));

test('the bill of materials names what is bundled, as the licences do', t => {
	const [, licences = '', bill = ''] = built.map(file => readFileSync(file, 'utf8'));
	const {components} = JSON.parse(bill);
	t.deepEqual(
		components.map(({name, version}: {name: string; version: string}) => `${name} ${version}`).sort(),
		readBundled(licences)
			.map(({name, version}) => `${name} ${version}`)
			.sort(),
	);
	for (const {purl, licenses} of components) {
		t.regex(purl, /^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+/);
		t.is(licenses.length, 1);
	}
});

deepTest('a build in another folder gives the same bytes', async t => {
	// On the same disk as the packages, which need no copy then.
	const cwd = mkdtempSync(path.join('distribution', 'copy-'));
	atExit(() => rmSync(cwd, {recursive: true, force: true}));
	const {stdout} = await execa('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
	for (const file of stdout.split('\0').filter(Boolean)) cpSync(file, path.join(cwd, file));
	await execa('cp', ['-al', 'node_modules', cwd]);
	await execa('npm', ['run', 'build', '--silent'], {cwd});
	for (const file of built) t.deepEqual(readFileSync(path.join(cwd, file)), readFileSync(file), file);
});

const release = {
	tag: 'v1.2.3',
	packageText: '{"version": "1.2.3", "homepage": "https://github.com/ada/multistage-workshop"}',
	changelog: '# Changelog\n\n## 1.2.3 (2026-12-01)\n',
	texts: [],
};
for (const [title, change, expected] of [
	['nothing is in the way of a release', {}, []],
	['another tag', {tag: 'v1.2.4'}, ['The tag is v1.2.4, and package.json has the version 1.2.3.']],
	['no tag', {tag: ''}, ['The tag is missing, and package.json has the version 1.2.3.']],
	[
		'a changelog without the version',
		{changelog: '## Unreleased\n'},
		['changelog.md has no heading for 1.2.3 with its date.'],
	],
	[
		'an account that was not filled in',
		{texts: [['config.yml', 'https://github.com/OWNER/x']] as const},
		['config.yml still has OWNER in the place of the account on GitHub.'],
	],
] as const)
	test(`before a release: ${title}`, t => {
		t.deepEqual(findReleaseObstacles({...release, ...change}), [...expected]);
	});
