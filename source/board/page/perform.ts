import {createContext} from 'preact';
import {useContext} from 'preact/hooks';
import type {TeacherAction} from '../../classroom/room.js';
import {words} from './words.js';

/** Has the class do something. Resolves with what to tell the teacher of it. */
export const sendAction = async (action: TeacherAction): Promise<string> => {
	const say = words.actions;
	try {
		const response = await fetch('action', {
			method: 'POST',
			headers: {'Content-Type': 'application/json'},
			body: JSON.stringify(action),
		});
		if (response.ok) return say.done[action.action];
		const {refused} = await response.json();
		return typeof refused === 'string' ? say.refused(refused) : say.failed;
	} catch {
		return say.failed;
	}
};

/** Performs an action and tells what came of it; for all parts of the page. */
export const Perform = createContext<(action: TeacherAction) => void>(() => {});

export const usePerform = () => useContext(Perform);
