import {useInput, usePaste} from 'ink';
import {type RefObject, useLayoutEffect, useRef} from 'react';
import type {Intent} from '../../session/intents.js';
import type {Session} from '../../session/session.js';
import type {SessionState} from '../../session/state.js';
import type {KeyContext, ViewAction} from '../../view/binding.js';
import {activeLayer, findAnswer, findBinding} from '../../view/find-binding.js';
import type {Size} from '../text/layout.js';
import {isPasted, keyNames, pastedText, typedText} from './key-names.js';

/** The handlers that the current screen has registered. */
export type ViewKeys = RefObject<ViewHandler>;

/** The props of a screen that sends intents. */
export type ScreenProps = {
	state: SessionState;
	terminal: Size;
	viewKeys: ViewKeys;
	onIntent: (intent: Intent) => void;
};

/** `onText`: gets the text that is typed while the screen asks for text. */
export type ViewHandler = {onAction: (action: ViewAction) => void; onText: (text: string) => void};

/**
 * Turns keys into intents and into actions of the shown screen. The whole program has only this reader of keys, so that
 * a key that changes the screen can't reach the next screen too. `shownNow`: the current key context of the shown
 * screen.
 */
export const useKeys = (
	session: Session,
	shownNow: () => Partial<KeyContext> & Pick<KeyContext, 'layer'>,
): ViewKeys => {
	const viewKeys: ViewKeys = useRef(ignore);
	const {layer, isTyping, write, press} = createKeyboard(session, shownNow, () => viewKeys.current);
	useInput((input, key) => {
		if (layer() === 'command' && isPasted(input)) {
			write(pastedText(input));
			// As in a shell, a line break at the end runs the command.
			if (/[\r\n]$/.test(input)) press('enter');
			return;
		}
		for (const name of keyNames(input, key, isTyping())) press(name);
	});
	usePaste(text => write(pastedText(text)), {isActive: isTyping()});
	return viewKeys;
};

/** Handles keys, by their names in the key table, and typed text. `view`: returns the handlers of the shown screen. */
export const createKeyboard = (
	session: Pick<Session, 'getState' | 'send'>,
	shownNow: () => Partial<KeyContext> & Pick<KeyContext, 'layer'>,
	view: () => ViewHandler,
) => {
	const layer = () => activeLayer(session.getState(), shownNow().layer);
	const write = (text: string): void => {
		if (text === '') return;
		if (layer() === 'search') view().onText(text);
		if (layer() === 'command') session.send({intent: 'type-text', text});
	};
	return {
		layer,
		isTyping: () => layer() === 'search' || layer() === 'command',
		write,
		press(name: string): void {
			const state = session.getState();
			const answer = findAnswer(state, name);
			const binding = findBinding(state, name, shownNow());
			if (answer !== null) session.send({intent: 'answer', answer});
			else if (!binding) write(typedText(name));
			else if ('view' in binding) view().onAction(binding.view);
			else session.send(binding.intent);
		},
	};
};

/** Registers the handlers of the current screen. */
export const useViewKeys = (
	viewKeys: ViewKeys,
	onAction: ViewHandler['onAction'],
	onText: ViewHandler['onText'] = () => {},
): void => {
	useLayoutEffect(() => {
		viewKeys.current = {onAction, onText};
		return () => {
			viewKeys.current = ignore;
		};
	});
};

const ignore: ViewHandler = {onAction() {}, onText() {}};
