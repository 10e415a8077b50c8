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
await compileTests();

/** Files that are named, and those of a part, are run in processes of their own. */
const isAlone = part !== null || process.argv.slice(2).some(argument => !argument.startsWith('-'));
const left = isAlone
	? sharedProcesses()
	: sharedFolders().flatMap(folder => filesTogether(folder).map(file => `${folder}/${file}`));

export default {
	files: part === null ? ['test/**/*.test.ts', ...left.map(file => `!test/${file}`)] : filesOfPart(part),
	typescript: {extensions: ['ts', 'tsx'], rewritePaths: {'test/': 'distribution/tests/'}, compile: false},
	// The React that ships, not the one for development.
	environmentVariables: {NODE_ENV: 'production'},
	nodeArguments: ['--enable-source-maps'],
	workerThreads: false,
	// Tests of the program, and all the more those on engines, mostly wait.
	concurrency: isEngineUp() ? 6 : 3,
	timeout: '10m',
};
