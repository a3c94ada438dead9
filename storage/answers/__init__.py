"""What is answered: responses with their answers, from the chat, from paper, by voice and by import."""
