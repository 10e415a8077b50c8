import {useInput} from 'ink';
import {type RefObject, useLayoutEffect, useRef} from 'react';
import type {Session} from '../session/state.js';
import {findAnswer, findBinding} from './find-binding.js';
import {keyNames} from './key-name.js';
import type {ViewAction} from './keymap.js';

/** Where the screen that is shown leaves what it does with its keys. */
export type ViewKeys = RefObject<(action: ViewAction) => void>;

/**
 * Turns keys into intents, and into actions of the shown screen. There is one reader of keys for the whole program: a
 * key that changes the screen must not reach the next screen too.
 */
export const useKeys = (session: Session): ViewKeys => {
	const viewKeys: ViewKeys = useRef(ignore);
	const press = (name: string) => {
		const state = session.getState();
		const answer = findAnswer(state, name);
		if (answer !== null) return session.send({intent: 'answer', answer});
		const binding = findBinding(state, name);
		if (!binding) return;
		if ('view' in binding) viewKeys.current(binding.view);
		else session.send(binding.intent);
	};
	useInput((input, key) => {
		for (const name of keyNames(input, key)) press(name);
	});
	return viewKeys;
};

/** Lets the shown screen have the keys that are about its view. */
export const useViewKeys = (viewKeys: ViewKeys, onAction: (action: ViewAction) => void): void => {
	useLayoutEffect(() => {
		viewKeys.current = onAction;
		return () => {
			viewKeys.current = ignore;
		};
	});
};

const ignore = () => {};
