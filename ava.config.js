import path from 'node:path';
import process from 'node:process';
import {compileTests} from './test/tools/compile-tests.js';
import {
	filesOfPart,
	filesTogether,
	isEngineUp,
	listAllEngines,
	sharedFolders,
	sharedProcesses,
} from './test/tools/files-together.js';

/** What of all tests is run: null for those that are named, or all. */
const {TEST_PART: part = null} = process.env;
const listed = listAllEngines().join('\n');
process.env.LISTED_ENGINES = part === 'deep' ? listed.replaceAll('"up": true', '"up": false') : listed;
// Runs side by side would overwrite each other's tests.
if (process.env.TESTS_ARE_COMPILED !== '1') await compileTests();

/** Files that are named, and those of a part, are run in processes of their own. */
const isAlone = part !== null || process.argv.slice(2).some(argument => !argument.startsWith('-'));
const left = isAlone
	? sharedProcesses()
	: sharedFolders().flatMap(folder => filesTogether(folder).map(file => `${folder}/${file}`));

/** Each of these has one engine or several for a minute or more; what begins last ends last. */
const long = [
	'cleanup',
	'build-cache',
	'build-mounts',
	'podman-newer',
	'podman',
	'ways',
	'lint-engine',
	'environment',
	'pack',
	'doctor-engine',
	'lab-states',
	'faults-of-output',
	'lab',
	'trust',
	'faults-of-the-engine',
];
const rank = file => (long.indexOf(path.basename(file, '.test.ts')) + long.length + 1) % (long.length + 1);
const longestFirst = (one, other) => rank(one) - rank(other) || one.localeCompare(other);

export default {
	files: part === null ? ['test/**/*.test.ts', ...left.map(file => `!test/${file}`)] : filesOfPart(part),
	typescript: {extensions: ['ts', 'tsx'], rewritePaths: {'test/': 'distribution/tests/'}, compile: false},
	// The React that ships, not the one for development.
	environmentVariables: {NODE_ENV: 'production'},
	nodeArguments: ['--enable-source-maps'],
	workerThreads: false,
	// Tests of the program mostly wait, and those on engines for each other as well: only one file has one at a time. With
	// fewer files, all may wait for the same engine while others idle; with more, two cores are so busy that the program
	// gives up what it waits for, such as an answer within five seconds.
	concurrency: part === 'engines' ? 8 : isEngineUp() ? 5 : 3,
	...(part === 'engines' && {sortTestFiles: longestFirst}),
	timeout: '10m',
};
