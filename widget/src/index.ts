import { GuideChat } from './element';

if (!customElements.get('guide-chat')) customElements.define('guide-chat', GuideChat);
