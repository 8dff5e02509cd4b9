// Opens the viewer on our own description; requests it sends carry the cookies of this origin.
// What the address names among the errors is below it and has moved by then.
const lead = () => document.getElementById(location.hash.slice(1))?.scrollIntoView();
SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#docs", deepLinking: true, tryItOutEnabled: true, onComplete: lead });
