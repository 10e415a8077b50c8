import test from 'ava';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';

const file: CheckDeclaration = {check: 'file', path: 'simple/Dockerfile', has: ['AS test'], ...words};
const dockerfile = (text: string | null, path = 'simple/Dockerfile'): Fact => ({fact: 'file', path, text});
test('a file that says it', passes, file, [dockerfile('FROM base AS test')], /simple\/Dockerfile/);
test('a file that does not say it', fails, file, [dockerfile('FROM base')], /not contain `AS test`/);
test('a file that is not there', fails, file, [dockerfile(null)], /not in the lab folder/);
test(
	'a file of another folder',
	fails,
	file,
	[dockerfile('AS test', 'parallel/Dockerfile')],
	/not in the lab folder/,
);
