import process from 'node:process';
import {compileTests} from './test/tools/compile-tests.js';
import {
	filesTogether,
	isEngineUp,
	listAllEngines,
	sharedFolders,
	sharedProcesses,
} from './test/tools/files-together.js';

process.env.LISTED_ENGINES = listAllEngines().join('\n');
await compileTests();

/** Files that are named are run in processes of their own. */
const isPart = process.argv.slice(2).some(argument => !argument.startsWith('-'));
const left = isPart
	? sharedProcesses()
	: sharedFolders().flatMap(folder => filesTogether(folder).map(file => `${folder}/${file}`));

export default {
	files: ['test/**/*.test.ts', ...left.map(file => `!test/${file}`)],
	typescript: {extensions: ['ts', 'tsx'], rewritePaths: {'test/': 'distribution/tests/'}, compile: false},
	// The React that ships, not the one for development.
	environmentVariables: {NODE_ENV: 'production'},
	nodeArguments: ['--enable-source-maps'],
	workerThreads: false,
	// Tests of the program, and all the more those on engines, mostly wait.
	concurrency: isEngineUp() ? 5 : 3,
	timeout: '10m',
};
