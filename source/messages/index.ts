import {messages as english} from './en/index.js';

/** Every sentence that the program says, by room. A folder beside `en` says them in another language. */
export type Messages = typeof english;

/**
 * The sentences in the language in force. Read them where they are said: what a module keeps of them when it is loaded
 * stays English.
 */
export let messages: Messages = english;

/** Says everything in another language from now on. */
export const setMessages = (language: Messages): void => {
	messages = language;
};

/** The same, in the language of this locale (`de-CH`) if there is a folder for it; otherwise in English. */
export const loadMessages = async (locale: string): Promise<void> => {
	const {language} = new Intl.Locale(locale);
	try {
		setMessages((await import(`./${language}/index.ts`)).messages);
	} catch {
		// There is no such folder: the bundle has those that were there when it was built.
	}
};
