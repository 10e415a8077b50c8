import {readFileSync} from 'node:fs';
import test from 'ava';
import * as v from 'valibot';
import {checkSchema} from '../../source/checks/registry.js';

test('the readme of workshops names every kind of check', t => {
	const {issues} = v.safeParse(checkSchema, {check: ''});
	const kinds = [...(issues?.[0].expected ?? '').matchAll(/"([^"]+)"/g)].map(([, kind]) => kind);
	const [, section = ''] =
		/^### Checks$([\s\S]*?)^### /m.exec(readFileSync('workshops/readme.md', 'utf8')) ?? [];
	const rows = [...section.matchAll(/^\| `([^`]+)` +\| (?!and)/gm)].map(([, kind]) => kind);
	t.true(kinds.length > 0);
	t.deepEqual(rows.toSorted(), kinds.toSorted());
});
