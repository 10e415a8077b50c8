import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {execa} from 'execa';
import {satisfies} from 'semver';
import {type Audit, adviseBundle, readBundled} from './tools/bundle-advisories.js';
import {knownAdvisories} from './tools/known-advisories.js';

const bundled = readBundled(readFileSync('distribution/licences.txt', 'utf8'));

const versionIn = (folder: string): string =>
	JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;

test('the file of licences names the packages that the program is made of', t => {
	const names = bundled.map(({name}) => name);
	for (const name of ['ink', 'react', 'execa', 'dockerode', 'yaml', 'valibot'])
		t.true(names.includes(name), name);
	for (const name of ['ava', 'esbuild', 'typescript']) t.false(names.includes(name), name);
});

const audit: Audit = {
	vulnerabilities: {
		ink: {nodes: ['node_modules/ink'], via: [{title: 'It draws', url: 'https://advisory.example/1'}]},
		ava: {nodes: ['node_modules/ava'], via: [{title: 'It tests', url: 'https://advisory.example/2'}]},
		react: {nodes: ['node_modules/react'], via: ['ink']},
	},
};

test('of what is known to be vulnerable, what is in the bundle is told', t => {
	const version = versionIn('node_modules/ink');
	t.deepEqual(adviseBundle(audit, bundled, versionIn), [
		`ink ${version}: It draws (https://advisory.example/1)`,
	]);
	t.deepEqual(
		adviseBundle(audit, bundled, () => '0.0.1'),
		[],
	);
	t.is(adviseBundle({error: {}}, bundled, versionIn), null);
});

for (const {name, affects, about} of knownAdvisories)
	test(`${name} ${affects} is not in the bundle: ${about}`, t => {
		const versions = bundled.filter(one => one.name === name).map(({version}) => version);
		t.not(versions.length, 0, `${name} is not in the bundle any more: its row can go`);
		t.deepEqual(
			versions.filter(version => satisfies(version, affects)),
			[],
		);
	});

test('no package of the bundle has a known vulnerability', async t => {
	const {stdout} = await execa('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=10000'], {
		reject: false,
		stdin: 'ignore',
		timeout: 60_000,
	});
	const asked: Audit = stdout.trim().startsWith('{') ? JSON.parse(stdout) : {};
	const known = adviseBundle(asked, bundled, versionIn);
	if (known === null) t.log('not asked: no advisory service in reach');
	t.deepEqual(known ?? [], []);
});
