import test from 'ava';
import {createSourcePattern, readIgnoreRules} from '../../source/explain/ignore-patterns.js';
import {UserError} from '../../source/text/user-error.js';
import {ignoreCases} from './ignore-cases.js';

/** Walks from the build context to the path, as the program does. */
const isIgnored = (rules: string, file: string): boolean => {
	const {match} = readIgnoreRules(rules);
	let above: ReturnType<typeof match> | null = null;
	const names = file.split('/');
	for (const [index] of names.entries()) above = match(names.slice(0, index + 1).join('/'), above);
	return above?.isIgnored ?? false;
};

test('each pattern means what it means to BuildKit', t => {
	for (const [rules, file, expected] of ignoreCases)
		t.is(isIgnored(rules, file), expected, `${JSON.stringify(rules)} ${file}`);
});

test('a pattern that BuildKit rejects is named', t => {
	for (const rules of ['[', '[]', 'a\\', '!', '[z-a]', 'ok\n[b']) {
		const error = t.throws(() => readIgnoreRules(rules), {instanceOf: UserError}, rules);
		t.regex(error.message, /^BuildKit rejects the pattern/);
		t.is(error.exitCode, 2);
	}
});

test('an ignored folder is entered only if an exception may be below', t => {
	const mayHold = (rules: string, folder: string) => readIgnoreRules(rules).mayHoldException(folder);
	t.false(mayHold('node_modules', 'node_modules'));
	t.false(mayHold('*\n!src', 'node_modules'));
	t.false(mayHold('*\n!src/main', 'src/other'));
	t.true(mayHold('*\n!src/main', 'src'));
	t.true(mayHold('*\n!*/main', 'any'));
	t.false(mayHold('*\n!*/main', 'any/deeper/still'));
	t.true(mayHold('*\n!**/*.go', 'any/deeper/still'));
});

test('a source with wildcards matches whole paths', t => {
	t.true(createSourcePattern('*.txt')('a.txt'));
	t.true(createSourcePattern('*.txt')('.txt'));
	t.false(createSourcePattern('*.txt')('d/a.txt'));
	t.true(createSourcePattern('d/*/x?')('d/e/x1'));
	t.true(createSourcePattern('[ab]')('b'));
	t.false(createSourcePattern('[')('['));
});
