// Starts the window.
import { mount } from 'svelte'
import App from './App.svelte'
import { chooseApi } from './api/choose'
import './styles/tokens.css'
import './styles/base.css'

const api = await chooseApi()
mount(App, { target: document.getElementById('app')!, props: { api } })
