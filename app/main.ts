console.log("Blinkyard");
