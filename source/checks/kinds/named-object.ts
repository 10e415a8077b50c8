import * as v from 'valibot';
import {messages} from '../../messages/index.js';
import {passed, selectFacts, unknown} from '../facts.js';
import {sentence} from '../fields.js';
import {type CheckKind, defineKind, words} from '../kind.js';

const schemaOf = <Kind extends 'network' | 'volume'>(kind: Kind) =>
	v.strictObject({
		check: v.literal(kind),
		name: sentence,
		exists: v.exactOptional(v.boolean()),
		...words,
	});

/** Passes if a network or volume of this name exists, or does not. */
const defineNamedObject = <Kind extends 'network' | 'volume'>(
	kind: Kind,
): CheckKind<ReturnType<typeof schemaOf<Kind>>> =>
	defineKind({
		schema: schemaOf(kind),
		subject: 'engine',
		needsObjects: true,
		judge({name, exists = true}, facts) {
			const say = messages.checks[kind];
			const known = selectFacts(facts, 'objects')[0]?.[`${kind}s`] ?? null;
			if (known === null) return unknown('unclear', say.unknown, messages.checks.container.unknownNext);
			if (known.includes(name)) return exists ? passed(say.present(name)) : say.stillPresent(name);
			return exists ? say.missing(name) : passed(say.missing(name));
		},
	});

export const network = defineNamedObject('network');
export const volume = defineNamedObject('volume');
