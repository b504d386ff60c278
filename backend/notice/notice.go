// Package notice shows notifications on a Linux desktop. On other systems the
// window's library does; here it would take a notification that was closed for one
// that was clicked, start a bus where there is none, and leave a folder behind.
package notice
