import {compileTests} from './test/tools/compile-tests.js';

await compileTests();

export default {
	files: ['test/**/*.test.ts'],
	typescript: {extensions: ['ts', 'tsx'], rewritePaths: {'test/': 'distribution/tests/'}, compile: false},
	nodeArguments: ['--enable-source-maps'],
	workerThreads: false,
	concurrency: 2,
	timeout: '10m',
};
