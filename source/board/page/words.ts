/** What the page says. Its bundle leaves this file out: the server adds the words of the language in force. */
export {board as words} from '../../messages/en/board.js';
