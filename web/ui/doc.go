// Package ui is the look of the application: components that take plain structs and give
// HTML. Page authors come here for layouts, forms, lists and the small parts; nothing here
// knows the trade, the database or the router.
package ui
