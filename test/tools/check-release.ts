import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {findReleaseObstacles} from './release-obstacles.js';

// Checks before a release: `npm run check-release -- v1.2.3`. Ends with 1, and says why, if it must not be published.

const built = ['cli.js', 'licences.txt', 'sbom.json'].map(name => `distribution/${name}`);
const readBuilt = () => built.map(file => readFileSync(file));
const build = () => execFileSync('npm', ['run', 'build', '--silent'], {stdio: 'inherit'});

const obstacles = findReleaseObstacles({
	tag: process.argv[2] ?? '',
	packageText: readFileSync('package.json', 'utf8'),
	changelog: readFileSync('changelog.md', 'utf8'),
	texts: ['.github/ISSUE_TEMPLATE/config.yml'].map(file => [file, readFileSync(file, 'utf8')] as const),
});
build();
const first = readBuilt();
build();
const changed = readBuilt().flatMap((bytes, index) =>
	bytes.equals(first[index] ?? Buffer.alloc(0)) ? [] : built[index],
);
for (const file of changed) obstacles.push(`Two builds give different bytes in ${file}.`);
for (const obstacle of obstacles) console.error(obstacle);
process.exitCode = obstacles.length === 0 ? 0 : 1;
