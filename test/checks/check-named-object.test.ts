import test from 'ava';
import {judgeChecks} from '../../source/checks/judge.js';
import type {Fact} from '../../source/checks/model.js';
import type {CheckDeclaration} from '../../source/checks/registry.js';
import {fails, passes, words} from './judges-check.js';
import {engine} from './sample-facts.js';

const objects: Fact = {fact: 'objects', networks: ['bridge', 'front'], volumes: ['data']};

for (const [check, name] of [
	['network', 'front'],
	['volume', 'data'],
] as const) {
	const about = (wanted: object): CheckDeclaration => ({check, name, ...wanted, ...words});
	const facts = [engine(), objects];
	const present = new RegExp(`The ${check} ${name} is on the engine`);
	test(`a ${check} that exists`, passes, about({}), facts, present);
	test(
		`a ${check} that does not exist`,
		fails,
		about({name: 'x'}),
		facts,
		new RegExp(`There is no ${check} x`),
	);
	test(`a ${check} that is gone`, passes, about({name: 'x', exists: false}), facts, /There is no/);
	test(`a ${check} that should be gone`, fails, about({exists: false}), facts, /is still on the engine/);
	test(`an unknown ${check} is no failure`, t => {
		t.like(judgeChecks([about({})], [engine()]), {verdict: 'unknown', finding: 'unclear'});
	});
}
